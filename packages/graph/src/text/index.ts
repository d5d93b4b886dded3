export { print, type PrintOptions } from './print.ts';
export { parse } from './parse.ts';
export { ParseError } from './tokens.ts';
