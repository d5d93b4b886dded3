import { hazards } from '../testing/hazards.ts';
import { gpu } from './index.ts';

hazards('webasm', gpu({ mode: 'webasm' }));
hazards('cpu', gpu({ mode: 'cpu' }));
