import { expect, test } from 'vitest';
import { loadGpujs, installedGpujs } from './gpujs.ts';
import { withFetches, withoutUnused } from './glsl.ts';

const shader = `#version 300 es
#ifdef GL_ES
precision highp float;
#endif
/* a comment; with { in it */
struct Pair { float a; float b; };
float unused(float x) { // }
  if (x > 0.0) { return x; }
  return late(x);
}
float late(float x);
float twice(int x) { return 2.0 * float(x); }
float twice(float x) { return late(x) + late(x); }
const float known = ofConstants(1.0);
float ofConstants(float x) { return x; }
float late(float x) { return x; }
  #define three 3
highp float never(float x) { return x; }
void main(void) { gl_FragColor = vec4(twice(1.0)); }
`;

test('functions that main does not come to are left out, and nothing else', () => {
  expect(withoutUnused(shader)).toMatchInlineSnapshot(`
    "#version 300 es
    #ifdef GL_ES
    precision highp float;
    #endif
    struct Pair { float a; float b; };
    float late(float x);
    float twice(int x) { return 2.0 * float(x); }
    float twice(float x) { return late(x) + late(x); }
    const float known = ofConstants(1.0);
    float ofConstants(float x) { return x; }
    float late(float x) { return x; }
    #define three 3
    void main(void) { gl_FragColor = vec4(twice(1.0)); }
    "
  `);
});

/** What gpu.js puts before each kernel. */
async function preludeOf(name: 'WebGL2Kernel' | 'WebGLKernel'): Promise<string> {
  const kernel = (await loadGpujs(installedGpujs))[name];
  const text: unknown = Reflect.get(kernel, 'fragmentShader');
  if (typeof text !== 'string') throw new TypeError('gpu.js has no text of shaders');
  return text;
}

test('what gpu.js puts before each kernel of WebGL 2 is read by whole numbers, and most of it goes', async () => {
  const prelude = await preludeOf('WebGL2Kernel');
  expect(prelude.split('texelFetch').length).toBe(1);
  const fetching = withFetches(prelude);
  expect(fetching.split('texelFetch').length).toBe(2);
  // A kernel stands where there is a name between underscores, and is called so.
  const read = withoutUnused(fetching.replace('__KERNEL__;', 'void kernel() { getFloatFromSampler2D(); }').replace('__MAIN_RESULT__', 'kernel()'));
  expect(read).toContain('texelFetch');
  expect(read).not.toContain('texture(');
  expect(read.length).toBeLessThan(prelude.length / 6);
});

test('WebGL 1 has no reading by whole numbers', async () => {
  const prelude = await preludeOf('WebGLKernel');
  expect(withFetches(prelude)).toBe(prelude);
});
