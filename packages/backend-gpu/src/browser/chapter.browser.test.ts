import { chapter } from '../../testing/chapter.ts';
import { gpu } from '../index.ts';

chapter('gpu:webgl2', gpu({ mode: 'webgl2' }));
chapter('gpu:webgpu', gpu({ mode: 'webgpu' }));
