import { transform } from 'esbuild';

/** The JavaScript of a TypeScript program: its types are taken away and nothing else is changed. */
export async function withoutTypes(text: string): Promise<string> {
  const { code } = await transform(text, { loader: 'ts', target: 'es2023', tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } });
  return code;
}
