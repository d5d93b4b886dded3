import { behaves } from '../testing/behaviour.ts';
import { gpu } from './index.ts';

behaves('gpu:webasm', gpu({ mode: 'webasm' }));
behaves('gpu:cpu', gpu({ mode: 'cpu' }));
