import { hazards } from '../../testing/hazards.ts';
import { gpu } from '../index.ts';

hazards('webgl2', gpu({ mode: 'webgl2' }));
hazards('webgpu', gpu({ mode: 'webgpu' }));
