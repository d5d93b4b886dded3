import { afterEach, describe, expect, test } from 'vitest';
import { openPage, type OpenPage, type PageOptions } from '../../testing/open-page.ts';

// Whole pages, bundled as users bundle them, in a Chromium of their own.

const graphics = ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const noGraphics = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-webgl', '--disable-3d-apis'];

let open: OpenPage | undefined;

async function opened(options: PageOptions): Promise<OpenPage> {
  open = await openPage('pages/program.ts', options);
  return open;
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

const y = [[19, 25], [37, 43]];
const ran = (ranOn: string): string => JSON.stringify({ ranOn, y });

test('a page that never asks for a GPU loads no gpu.js, and one that does loads it then', async () => {
  const page = await opened({ flags: graphics });
  expect(await page.evaluate('page.interpreted()')).toBe(JSON.stringify({ y }));
  const packages = (): readonly string[] => page.loaded().flatMap((script) => script.packages);
  expect(packages()).toEqual([]);
  expect(await page.evaluate("page.on('webgl2')")).toBe(ran('gpu:webgl2'));
  expect(packages()).toContain('gpu.js');
});

describe("where a policy of contents allows scripts of the page's own origin alone", () => {
  const policy = "script-src 'self'";

  test('webgl2 and webgpu run', async () => {
    const page = await opened({ flags: graphics, policy });
    expect(await page.evaluate("page.on('webgl2')")).toBe(ran('gpu:webgl2'));
    expect(await page.evaluate("page.on('webgpu')")).toBe(ran('gpu:webgpu'));
  });

  test('cpu and webasm make code at run time: they run where that is allowed, and are refused with an error here', async () => {
    const page = await opened({ flags: graphics, policy });
    expect(await page.evaluate("page.on('cpu')")).toMatch(/^CompileError: /);
    expect(await page.evaluate("page.on('webasm')")).toMatch(/^CompileError: /);
  });
});

test.each([
  ['cpu', "script-src 'self' 'unsafe-eval'"],
  ['webasm', "script-src 'self' 'wasm-unsafe-eval'"],
] as const)('%s runs where the policy is %s', async (mode, policy) => {
  const page = await opened({ flags: graphics, policy });
  expect(await page.evaluate(`page.on('${mode}')`)).toBe(ran(`gpu:${mode}`));
});

describe('in a browser without graphics', () => {
  test('a mode that is not to be had is refused, with those that are', async () => {
    const page = await opened({ flags: noGraphics });
    for (const mode of ['webgl2', 'webgl', 'webgpu']) {
      const said = await page.evaluate(`page.on('${mode}')`);
      expect(said).toMatch(new RegExp(`^CompileError: gpu: .*${mode}`));
      expect(said).toMatch(/webasm.*cpu/);
    }
  });

  test('auto takes neither webasm nor cpu: it says that there is no GPU', async () => {
    const page = await opened({ flags: noGraphics });
    expect(await page.evaluate("page.on('auto')")).toMatch(/^CompileError: gpu: no GPU was found/);
    expect(await page.evaluate("page.on('webasm')")).toBe(ran('gpu:webasm'));
  });
});

test('auto takes no rasteriser in software, and names the modes that can be asked for', async () => {
  const page = await opened({ flags: graphics });
  const said = await page.evaluate("page.on('auto')");
  expect(said).toMatch(/^CompileError: gpu: no GPU was found/);
  expect(said).toContain('webgl2');
});
