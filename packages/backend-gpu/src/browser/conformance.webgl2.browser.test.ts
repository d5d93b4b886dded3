import { conformsInBrowser } from '../../testing/conforms.ts';

conformsInBrowser('webgl2');
