export {
  book,
  type Book,
  type Correlation,
  type EdgeDetection,
  type KernelLearning,
  type Matrix,
  type ReceptiveField,
  type TrainingRun,
} from './book.ts';
