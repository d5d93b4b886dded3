import type { Divergence } from '../advice.ts';
import type { LearnWords } from '../words.ts';

const optimisers = { sgd: '勾配降下法', momentum: 'モーメンタム（Polyak）', nesterov: 'モーメンタム（Nesterov）', adam: 'Adam', adamw: 'AdamW', rmsprop: 'RMSProp' } as const;

const brief = (value: number): string => String(Number(value.toPrecision(3)));

function divergence({ optimiser, rate, momentum, most, limit, factor }: Divergence): string {
  const withMomentum = optimiser === 'sgd' ? '' : `、モーメンタムは ${momentum} `;
  if (limit === undefined) return `学習率 ${rate} では ${optimisers[optimiser]} のステップが大きすぎ、損失が際限なく増えます。`;
  const reason = `損失の最大の曲率は ${brief(most)}${withMomentum}です。このとき学習率が ${limit} 未満でなければ収束しませんが、学習率は ${rate} でした。各ステップは最小点を飛び越え、出発点より遠くに着きます。`;
  return factor === undefined ? reason : `${reason}最も急な方向では、誤差が各ステップで |1 − ${rate} × ${brief(most)}| = ${brief(factor)} 倍になります。`;
}

export const japanese: LearnWords = {
  title: 'カーネルの学習',
  summary: '画像と、カーネルがそこから作った結果だけから、勾配降下法が元のカーネルを見つけます。',
  presets: 'ここから始める',
  bookPresets: '書籍の実行',
  morePresets: 'その他',
  bookRuns: { 'book-pytorch': 'PyTorch', 'book-mxnet': 'MXNet', 'book-flax': 'JAX', 'book-keras': 'TensorFlow', 'book-chinese': 'PyTorch、中国語のノート' },
  otherPresets: { 'too-large': '大きすぎる学習率', photograph: '写真', laplacians: '写真、ラプラシアンで' },

  pair: '入力と目標',
  image: '入力',
  images: { book: '書籍の画像、6 × 8', photograph: '写真、96 × 96', random: '乱数、32 × 32' },
  target: '目標：次のカーネルへの応答',
  drawn: '自分のカーネル',
  rows: '行数',
  columns: '列数',
  drawnKernel: '自分のカーネル',
  cell: (row, column) => `${row} 行 ${column} 列`,
  whiten: 'ラプラシアンを比べる',
  whitenHelp: '写真の隣り合う要素は似ていますが、そのラプラシアンは似ていません。損失の曲率がどの方向でも近くなり、必要なステップがずっと少なくなります。',

  startGroup: '最初のカーネル',
  start: '初期化',
  startGroups: { book: '書籍の実行と同じ', layers: 'フレームワークの層と同じ', chapter: 'この章の Conv2D と同じ' },
  chapterStart: (framework) => `Conv2D、${framework}`,
  frameworks: { pytorch: 'PyTorch', mxnet: 'MXNet', flax: 'Flax (JAX)', keras: 'Keras (TensorFlow)' },
  seed: 'シード',
  seedUnused: '書籍の実行には固有の最初のカーネルがあります。',
  anotherSeed: '別のシード',

  descent: '最適化アルゴリズム',
  optimiser: '最適化アルゴリズム',
  optimisers,
  rate: '学習率',
  momentum: 'モーメンタム',
  bestRate: '最適な学習率にする',
  steps: 'ステップ数',
  pace: '速さ',
  paces: { slow: '毎秒 2 ステップ', brisk: '毎秒 10 ステップ', quick: '毎秒 100 ステップ', fast: 'できるだけ速く' },
  invalidNumber: (low, high) => (high === undefined ? `${low} 以上の数が必要です。` : `${low} から ${high} までの数が必要です。`),
  prospect: (prospect) => {
    const curvature = `損失の曲率は ${brief(prospect.least)} から ${brief(prospect.most)} の間です。`;
    if (prospect.kind === 'adaptive') return `${curvature}この最適化アルゴリズムは、曲率によらず各ステップで要素を学習率ほど動かすので、それより近くには収まりません。`;
    return `${curvature}学習率が ${prospect.limit} 未満なら収束します${prospect.exceeds ? '。今の学習率は大きすぎます' : ''}。`;
  },
  flat: 'ある方向では損失がまったく変わりません。この画像ではこの大きさのカーネルをすべて区別することはできず、多くのカーネルが同じ目標を作ります。',

  controls: '学習',
  learn: '学習',
  pause: '一時停止',
  resume: '再開',
  again: 'もう一度学習',
  step: '1 ステップ',
  reset: 'リセット',
  opening: 'ステップをコンパイルしています…',
  ready: '準備ができました。',
  learning: '学習しています…',
  paused: (step) => `ステップ ${step} の後で一時停止しました。`,
  done: (step, loss) => `完了：${step} ステップ、損失 ${loss}。`,
  settled: (step) => `収束：ステップ ${step} の後、どの要素も変わらなくなりました。`,
  diverged: (step) => `発散：ステップ ${step} の後で止めました。`,
  failed: (reason) => `ここでは学習できません：${reason}`,
  workerFailed: 'ワーカーのスクリプトが起動しませんでした。ページを再読み込みしてください。',
  stepNow: 'ステップ',
  lossNow: '損失',
  offTarget: '目標カーネルとの最大の差',
  noLoops: '実行時に作る JavaScript のループはここでは許可されていません。ステップは解釈実行され、大きな画像では時間がかかります。',

  whyDiverged: '発散した理由',
  divergence,
  takeRate: (rate) => `学習率を ${rate} にする`,

  lossCurve: '損失',
  lossOfStep: 'ステップ前の損失（対数）',
  noLosses: 'まだ一つもステップが行われていません。',
  curveText: (steps, first, last) => `${steps} ステップの損失、対数目盛：${first} から ${last} まで。`,
  lossTable: '損失の表',
  stepColumn: 'ステップ',
  lossColumn: '損失',

  kernels: 'カーネル',
  learnedKernel: '学習したカーネル',
  targetKernel: '目標カーネル',
  kernelDifference: '差',

  pictures: '画像',
  input: '入力',
  targetPicture: '目標',
  response: '学習したカーネルの応答',
  difference: '目標との差',
  largest: (value) => `最大 ${value}`,
  pictureText: (name, rows, columns) => `${name}、${rows} × ${columns}`,

  bookTable: (edition, layout) => `書籍の実行：${edition}、${layout}`,
  epoch: 'エポック',
  printed: '書籍の値',
  ours: '計算値',
  agreement: '比較',
  agrees: '一致',
  differs: '不一致',
  notYet: '未計算',
  notPrinted: '書籍にはこの実行で学習したカーネルの記載がありません。',
  allAgree: '書籍に載っているこの実行の値は、ここでもすべて同じになりました。',
  bookStartNote: '最初のカーネルは書籍に記載がなく、載っている損失から逆算したものです。',

  handOver: '学習したカーネル',
  copyMatrix: '行列としてコピー',
  openInEdges: '「エッジ」で開く',
  code: '同じことをするコード',
  codeHelp: '損失、勾配、更新が一つのプログラムにコンパイルされます。',
  copyCode: 'コードをコピー',
  copied: 'コピーしました。',
  notCopied: 'ブラウザがコピーを許可しませんでした。',
};
