import { chapter } from '../testing/chapter.ts';
import { gpu } from './index.ts';

chapter('gpu:webasm', gpu({ mode: 'webasm' }));
chapter('gpu:cpu', gpu({ mode: 'cpu' }));
