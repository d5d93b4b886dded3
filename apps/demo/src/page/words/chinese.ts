import type { PageWords } from '../words.ts';

export const chinese: PageWords = {
  tag: 'zh-Hans',
  title: 'xcorr：图像卷积',
  summary: '图像卷积，动手试试。',
  tabs: { slide: '滑动', edges: '边缘', learn: '学习', steal: '提取滤波器' },
  tabBar: '页面的各部分',
  language: '语言',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  loading: '正在加载……',
  failed: (reason) => `页面的这一部分停止了：${reason}`,
  again: '重新开始',
};
