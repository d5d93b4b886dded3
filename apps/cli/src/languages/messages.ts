/** What a section of the chapter is called, and what it shows, in a sentence. */
export interface SectionMessages {
  readonly title: string;
  readonly summary: string;
}

/** A convolutional layer, run with two biases. */
export interface LayerMessages extends SectionMessages {
  readonly output: (bias: number) => string;
  /** The same after the bias was raised by 1: each element is one more. */
  readonly raisedOutput: (bias: number) => string;
}

export interface EdgeDetectionMessages extends SectionMessages {
  /** The correlation of the transposed image. */
  readonly ofTransposed: string;
}

/** What tells two runs of one framework apart in the book's numbers. */
export type Edition = 'English' | 'Chinese notes';

export interface LearningMessages extends SectionMessages {
  readonly editions: Readonly<Record<Edition, string>>;
  /** A framework with the edition, or the library on top of it, that is meant. */
  readonly system: (framework: string, variant: string) => string;
  readonly run: (system: string, layout: string) => string;
  readonly loss: (epoch: number) => string;
  readonly kernel: string;
}

export interface StrictConvolutionMessages extends SectionMessages {
  readonly flippedKernel: string;
}

export interface ReceptiveFieldMessages extends SectionMessages {
  readonly onFirst: string;
  readonly onInput: string;
}

/**
 * Every text that `xcorr book` prints, but for code, numbers and names of frameworks, which are the same in all
 * languages. A language is one record of this type, so a text that is missing does not compile. The terms are
 * those of the editions of the book: see glossary.md.
 */
export interface Messages {
  readonly chapter: string;
  /** The columns of numbers. */
  readonly ours: string;
  readonly theirs: string;
  /** The marks behind a result. */
  readonly agrees: string;
  readonly differs: string;
  /** Stands where the book has no number. */
  readonly notPrinted: string;
  /** Where the programs ran: names of backends. */
  readonly ranOn: (places: string) => string;
  readonly allAgree: (compared: number) => string;
  readonly someDiffer: (different: number, compared: number) => string;
  readonly crossCorrelation: SectionMessages;
  readonly layer: LayerMessages;
  readonly edgeDetection: EdgeDetectionMessages;
  readonly learning: LearningMessages;
  readonly strictConvolution: StrictConvolutionMessages;
  readonly receptiveField: ReceptiveFieldMessages;
}
