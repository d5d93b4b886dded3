import { jaxHere } from './jax-here.ts';
import { serve } from './serve.ts';

serve(jaxHere);
