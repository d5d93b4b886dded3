import type { Divergence } from '../advice.ts';
import type { LearnWords } from '../words.ts';

const optimisers = { sgd: '梯度下降', momentum: '动量法（Polyak）', nesterov: '动量法（Nesterov）', adam: 'Adam', adamw: 'AdamW', rmsprop: 'RMSProp' } as const;

const brief = (value: number): string => String(Number(value.toPrecision(3)));

function divergence({ optimiser, rate, momentum, most, limit, factor }: Divergence): string {
  const withMomentum = optimiser === 'sgd' ? '' : `、动量为 ${momentum} 时`;
  if (limit === undefined) return `学习率为 ${rate} 时，${optimisers[optimiser]} 的步长过大，损失无限增大。`;
  const reason = `损失的最大曲率为 ${brief(most)}${withMomentum}，学习率低于 ${limit} 才会收敛，而这里是 ${rate}：每一步都越过最小值，落到比出发点更远的地方。`;
  return factor === undefined ? reason : `${reason}在最陡的方向上，误差每一步都乘以 |1 − ${rate} × ${brief(most)}| = ${brief(factor)}。`;
}

/** Simplified characters. */
export const chinese: LearnWords = {
  title: '学习卷积核',
  summary: '给出图像以及卷积核由它得到的结果，梯度下降便能重新找到这个卷积核。',
  presets: '从这里开始',
  bookPresets: '书中的运行',
  morePresets: '其他',
  bookRuns: { 'book-pytorch': 'PyTorch', 'book-mxnet': 'MXNet', 'book-flax': 'JAX', 'book-keras': 'TensorFlow', 'book-chinese': 'PyTorch，中文笔记' },
  otherPresets: { 'too-large': '过大的学习率', photograph: '一张照片', laplacians: '一张照片，比较拉普拉斯' },

  pair: '输入和目标',
  image: '输入',
  images: { book: '书中的图像，6 × 8', photograph: '一张照片，96 × 96', random: '随机数，32 × 32' },
  target: '目标：对此卷积核的响应',
  drawn: '自己的卷积核',
  rows: '行数',
  columns: '列数',
  drawnKernel: '自己的卷积核',
  cell: (row, column) => `第 ${row} 行第 ${column} 列`,
  whiten: '比较拉普拉斯',
  whitenHelp: '照片中相邻的元素彼此相似，它们的拉普拉斯则不然。这样损失在各个方向上的曲率相近，所需的步数少得多。',

  startGroup: '初始卷积核',
  start: '初始化',
  startGroups: { book: '与书中的一次运行相同', layers: '与框架的层相同', chapter: '与本章自己的 Conv2D 相同' },
  chapterStart: (framework) => `Conv2D，${framework}`,
  frameworks: { pytorch: 'PyTorch', mxnet: 'MXNet', flax: 'Flax (JAX)', keras: 'Keras (TensorFlow)' },
  seed: '随机种子',
  seedUnused: '书中的运行有自己的初始卷积核。',
  anotherSeed: '换一个种子',

  descent: '优化算法',
  optimiser: '优化算法',
  optimisers,
  rate: '学习率',
  momentum: '动量',
  bestRate: '采用最佳学习率',
  steps: '步数',
  pace: '速度',
  paces: { slow: '每秒 2 步', brisk: '每秒 10 步', quick: '每秒 100 步', fast: '尽可能快' },
  invalidNumber: (low, high) => (high === undefined ? `需要一个不小于 ${low} 的数。` : `需要一个从 ${low} 到 ${high} 的数。`),
  prospect: (prospect) => {
    const curvature = `损失的曲率在 ${brief(prospect.least)} 与 ${brief(prospect.most)} 之间。`;
    if (prospect.kind === 'adaptive') return `${curvature}无论曲率如何，这种优化算法每一步都使元素移动约一个学习率的距离，最终也不会比这更近。`;
    return `${curvature}学习率低于 ${prospect.limit} 时收敛${prospect.exceeds ? '：当前的学习率过大' : ''}。`;
  },
  flat: '在某个方向上损失完全不变：这幅图像无法区分这种大小的所有卷积核，许多卷积核都得到同样的目标。',

  controls: '学习',
  learn: '学习',
  pause: '暂停',
  resume: '继续',
  again: '重新学习',
  step: '单步',
  reset: '重置',
  opening: '正在编译步骤……',
  ready: '就绪。',
  learning: '正在学习……',
  paused: (step) => `在第 ${step} 步之后暂停。`,
  done: (step, loss) => `完成：${step} 步，损失 ${loss}。`,
  settled: (step) => `已稳定：第 ${step} 步之后不再有元素变化。`,
  diverged: (step) => `已发散：在第 ${step} 步之后停止。`,
  failed: (reason) => `这里无法学习：${reason}`,
  workerFailed: 'worker 的脚本没有启动。请重新加载页面。',
  stepNow: '步',
  lossNow: '损失',
  offTarget: '与目标卷积核的最大差',
  noLoops: '这里不允许在运行时生成 JavaScript 循环：步骤由解释器执行，较大的图像需要更长时间。',

  whyDiverged: '为什么发散',
  divergence,
  takeRate: (rate) => `采用学习率 ${rate}`,

  lossCurve: '损失',
  lossOfStep: '该步之前的损失（对数）',
  noLosses: '还没有执行任何一步。',
  curveText: (steps, first, last) => `${steps} 步的损失，对数坐标：从 ${first} 到 ${last}。`,
  lossTable: '损失表',
  stepColumn: '步',
  lossColumn: '损失',

  kernels: '卷积核',
  learnedKernel: '学习到的卷积核',
  targetKernel: '目标卷积核',
  kernelDifference: '差',

  pictures: '图像',
  input: '输入',
  targetPicture: '目标',
  response: '学习到的卷积核的响应',
  difference: '与目标的差',
  largest: (value) => `最大 ${value}`,
  pictureText: (name, rows, columns) => `${name}，${rows} × ${columns}`,

  bookTable: (edition, layout) => `书中的运行：${edition}，${layout}`,
  epoch: '迭代周期',
  printed: '书中的',
  ours: '我们的',
  agreement: '比较',
  agrees: '一致',
  differs: '不同',
  notYet: '尚未',
  notPrinted: '书中没有给出这次运行学习到的卷积核。',
  allAgree: '书中为这次运行给出的所有结果，这里都得到了。',
  bookStartNote: '书中没有给出初始卷积核：它由书中的损失反推而来。',

  handOver: '学习到的卷积核',
  copyMatrix: '复制为矩阵',
  openInEdges: '在“边缘”中打开',
  code: '完成同样工作的代码',
  codeHelp: '损失、梯度和更新被编译成一个程序。',
  copyCode: '复制代码',
  copied: '已复制。',
  notCopied: '浏览器不允许复制。',
};
