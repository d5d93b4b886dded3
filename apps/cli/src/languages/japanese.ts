import type { Messages } from './messages.ts';

export const japanese: Messages = {
  chapter: '画像の畳み込み',
  ours: '計算値',
  theirs: '書籍の値',
  agrees: '一致',
  differs: '不一致',
  notPrinted: '記載なし',
  ranOn: (places) => `${places} で計算しました。`,
  allAgree: (compared) => `全 ${compared} 件の結果が書籍と一致します。`,
  someDiffer: (different, compared) => `${compared} 件の結果のうち ${different} 件が書籍と異なります。`,
  crossCorrelation: {
    title: '相互相関演算',
    summary: 'ウィンドウが画像上をスライドし、その中の部分とカーネルが要素単位で乗算され、合計されます。',
  },
  layer: {
    title: '畳み込み層',
    summary: '利用者が書いた層 Conv2D：重みとの相互相関に、スカラーバイアスを加算します。',
    output: (bias) => `Conv2D(X)、バイアス ${bias}`,
    raisedOutput: (bias) => `Conv2D(X)、バイアス ${bias}：すべて一だけ大きい`,
  },
  edgeDetection: {
    title: '画像内の物体のエッジ検出',
    summary: 'カーネルは明から暗、暗から明への垂直エッジを検出し、水平エッジは検出しません。',
    ofTransposed: 'corr2d(X の転置, K)',
  },
  learning: {
    title: 'カーネルの学習',
    summary: '画像とそのエッジだけから、勾配降下法がカーネルを見つけます。軸の順序と最初のカーネルは各版のものです。',
    editions: { English: '英語版', 'Chinese notes': '中国語のノート' },
    system: (framework, variant) => `${framework}（${variant}）`,
    run: (system, layout) => `${system}、${layout}`,
    loss: (epoch) => `エポック ${epoch} の損失`,
    kernel: '学習したカーネル',
  },
  strictConvolution: {
    title: '相互相関と畳み込み',
    summary: '厳密な畳み込みは先にカーネルを反転します。反転したカーネルなら、与えたものでも学習したものでも、相互相関と同じ結果になります。',
    flippedKernel: '学習したカーネル、反転後',
  },
  receptiveField: {
    title: '特徴マップと受容野',
    summary: '最後の特徴マップの一つの要素が、重なった層を通して見る範囲：その勾配が 0 でないところです。',
    onFirst: '最初の特徴マップ上',
    onInput: '入力上',
  },
};
