import type { Divergence } from '../advice.ts';
import type { LearnWords } from '../words.ts';

const optimisers = { sgd: 'gradiente descendente', momentum: 'momentum (Polyak)', nesterov: 'momentum (Nesterov)', adam: 'Adam', adamw: 'AdamW', rmsprop: 'RMSProp' } as const;

const brief = (value: number): string => String(Number(value.toPrecision(3)));

function divergence({ optimiser, rate, momentum, most, limit, factor }: Divergence): string {
  const withMomentum = optimiser === 'sgd' ? '' : ` e o momentum ${momentum}`;
  if (limit === undefined) return `Com a taxa de aprendizagem ${rate}, os passos de ${optimisers[optimiser]} são tão longos que a perda cresce sem fim.`;
  const reason = `A maior curvatura da perda é ${brief(most)}. Com ela${withMomentum}, os passos só convergem com taxas abaixo de ${limit}, e a taxa era ${rate}: cada passo salta por cima do mínimo e cai mais longe do que começou.`;
  return factor === undefined ? reason : `${reason} Na direção mais íngreme, o erro é multiplicado por |1 − ${rate} × ${brief(most)}| = ${brief(factor)} em cada passo.`;
}

export const portuguese: LearnWords = {
  title: 'Aprendendo um kernel',
  summary: 'A partir de uma imagem e do que um kernel fez dela, o gradiente descendente reencontra o kernel.',
  presets: 'Começar com',
  bookPresets: 'Execuções do livro',
  morePresets: 'Outros',
  bookRuns: { 'book-pytorch': 'PyTorch', 'book-mxnet': 'MXNet', 'book-flax': 'JAX', 'book-keras': 'TensorFlow', 'book-chinese': 'PyTorch, notas em chinês' },
  otherPresets: { 'too-large': 'uma taxa grande demais', photograph: 'uma fotografia', laplacians: 'uma fotografia, por laplacianos' },

  pair: 'Entrada e alvo',
  image: 'Entrada',
  images: { book: 'a imagem do livro, 6 × 8', photograph: 'uma fotografia, 96 × 96', random: 'números aleatórios, 32 × 32' },
  target: 'Alvo: a resposta a',
  drawn: 'um kernel seu',
  rows: 'Linhas',
  columns: 'Colunas',
  drawnKernel: 'O seu kernel',
  cell: (row, column) => `linha ${row}, coluna ${column}`,
  whiten: 'Comparar laplacianos',
  whitenHelp: 'Vizinhos numa fotografia são parecidos; os seus laplacianos, não. Assim a perda se curva de modo parecido em todas as direções, e bastam muito menos passos.',

  startGroup: 'Primeiro kernel',
  start: 'Inicialização',
  startGroups: { book: 'como uma execução do livro', layers: 'como camadas do framework', chapter: 'como a Conv2D do próprio capítulo' },
  chapterStart: (framework) => `Conv2D, ${framework}`,
  frameworks: { pytorch: 'PyTorch', mxnet: 'MXNet', flax: 'Flax (JAX)', keras: 'Keras (TensorFlow)' },
  seed: 'Semente',
  seedUnused: 'A execução do livro tem o seu próprio primeiro kernel.',
  anotherSeed: 'Outra semente',

  descent: 'Otimizador',
  optimiser: 'Otimizador',
  optimisers,
  rate: 'Taxa de aprendizagem',
  momentum: 'Momentum',
  bestRate: 'Usar a melhor taxa',
  steps: 'Passos',
  pace: 'Ritmo',
  paces: { slow: '2 passos por segundo', brisk: '10 passos por segundo', quick: '100 passos por segundo', fast: 'o mais rápido possível' },
  invalidNumber: (low, high) => (high === undefined ? `É preciso um número a partir de ${low}.` : `É preciso um número de ${low} a ${high}.`),
  prospect: (prospect) => {
    const curvature = `A curvatura da perda fica entre ${brief(prospect.least)} e ${brief(prospect.most)}.`;
    if (prospect.kind === 'adaptive') return `${curvature} Cada passo deste otimizador move um elemento por cerca da taxa, seja qual for a curvatura: ele não termina mais perto do que isso.`;
    return `${curvature} Os passos convergem com taxas abaixo de ${prospect.limit}${prospect.exceeds ? ': esta é grande demais' : ''}.`;
  },
  flat: 'Em alguma direção a perda não muda: esta imagem não distingue todos os kernels deste tamanho, e muitos fazem o mesmo alvo.',

  controls: 'Aprendizagem',
  learn: 'Aprender',
  pause: 'Pausar',
  resume: 'Continuar',
  again: 'Aprender de novo',
  step: 'Passo',
  reset: 'Reiniciar',
  opening: 'Compilando o passo…',
  ready: 'Pronto.',
  learning: 'Aprendendo…',
  paused: (step) => `Em pausa após o passo ${step}.`,
  done: (step, loss) => `Concluído: ${step} ${step === 1 ? 'passo' : 'passos'}, perda ${loss}.`,
  settled: (step) => `Estável: após o passo ${step}, nenhum elemento muda mais.`,
  diverged: (step) => `Divergiu: parado após o passo ${step}.`,
  failed: (reason) => `Nada pode ser aprendido aqui: ${reason}`,
  workerFailed: 'o script do worker não iniciou. Recarregue a página.',
  stepNow: 'Passo',
  lossNow: 'Perda',
  offTarget: 'Maior diferença para o kernel alvo',
  noLoops: 'Laços de JavaScript criados em tempo de execução não são permitidos aqui: os passos são interpretados, e imagens grandes demoram mais.',

  whyDiverged: 'Por que divergiu',
  divergence,
  takeRate: (rate) => `Usar a taxa ${rate}`,

  lossCurve: 'Perda',
  lossOfStep: 'perda antes do passo (logarítmica)',
  noLosses: 'Nenhum passo foi feito ainda.',
  curveText: (steps, first, last) => `Perda em ${steps} ${steps === 1 ? 'passo' : 'passos'}, logarítmica: de ${first} a ${last}.`,
  lossTable: 'As perdas em tabela',
  stepColumn: 'Passo',
  lossColumn: 'Perda',

  kernels: 'Kernels',
  learnedKernel: 'Kernel aprendido',
  targetKernel: 'Kernel alvo',
  kernelDifference: 'Diferença',

  pictures: 'Imagens',
  input: 'Entrada',
  targetPicture: 'Alvo',
  response: 'Resposta do kernel aprendido',
  difference: 'Diferença para o alvo',
  largest: (value) => `no máximo ${value}`,
  pictureText: (name, rows, columns) => `${name}, ${rows} × ${columns}`,

  bookTable: (edition, layout) => `A execução do livro: ${edition}, ${layout}`,
  epoch: 'Época',
  printed: 'Livro',
  ours: 'Nosso',
  agreement: 'Comparação',
  agrees: 'confere',
  differs: 'difere',
  notYet: 'ainda não',
  notPrinted: 'O livro não mostra o kernel aprendido desta execução.',
  allAgree: 'Tudo o que o livro imprime desta execução saiu igual aqui.',
  bookStartNote: 'O primeiro kernel não está impresso no livro: foi recuperado das perdas impressas.',

  handOver: 'O kernel aprendido',
  copyMatrix: 'Copiar como matriz',
  openInEdges: 'Abrir em Bordas',
  code: 'O código que faz o mesmo',
  codeHelp: 'Perda, gradiente e passo são compilados num só programa.',
  copyCode: 'Copiar o código',
  copied: 'Copiado.',
  notCopied: 'O navegador não permitiu copiar.',
};
