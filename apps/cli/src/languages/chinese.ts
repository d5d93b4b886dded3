import type { Messages } from './messages.ts';

/** Simplified characters. */
export const chinese: Messages = {
  chapter: '图像卷积',
  ours: '我们的',
  theirs: '书中的',
  agrees: '一致',
  differs: '不同',
  notPrinted: '未给出',
  ranOn: (places) => `在 ${places} 上计算。`,
  allAgree: (compared) => `全部 ${compared} 个结果都与书中一致。`,
  someDiffer: (different, compared) => `${compared} 个结果中有 ${different} 个与书中不同。`,
  crossCorrelation: {
    title: '互相关运算',
    summary: '窗口在图像上滑动，窗口中的部分与卷积核按元素相乘，再求和。',
  },
  layer: {
    title: '卷积层',
    summary: '由使用者自己编写的层 Conv2D：与其权重进行互相关运算，再加上标量偏置。',
    output: (bias) => `Conv2D(X)，偏置 ${bias}`,
    raisedOutput: (bias) => `Conv2D(X)，偏置 ${bias}：各加一`,
  },
  edgeDetection: {
    title: '图像中目标的边缘检测',
    summary: '卷积核检测从亮到暗和从暗到亮的垂直边缘，不检测水平边缘。',
    ofTransposed: 'corr2d(X 的转置, K)',
  },
  learning: {
    title: '学习卷积核',
    summary: '仅凭图像及其边缘，梯度下降就能找到卷积核；数据布局和初始卷积核与各版本相同。',
    editions: { English: '英文版', 'Chinese notes': '中文笔记' },
    system: (framework, variant) => `${framework}（${variant}）`,
    run: (system, layout) => `${system}，${layout}`,
    loss: (epoch) => `第 ${epoch} 个迭代周期的损失`,
    kernel: '学习到的卷积核',
  },
  strictConvolution: {
    title: '互相关和卷积',
    summary: '严格卷积运算先翻转卷积核：使用翻转后的卷积核时，无论它是给定的还是学习到的，结果都与互相关运算相同。',
    flippedKernel: '学习到的卷积核，翻转后',
  },
  receptiveField: {
    title: '特征映射和感受野',
    summary: '最后一个特征映射中的一个元素透过堆叠的层所看到的范围：其梯度不为 0 之处。',
    onFirst: '在第一个特征映射上',
    onInput: '在输入上',
  },
};
