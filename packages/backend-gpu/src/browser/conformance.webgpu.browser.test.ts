import { conformsInBrowser } from '../../testing/conforms.ts';

conformsInBrowser('webgpu');
