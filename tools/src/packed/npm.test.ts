import { expect, test } from 'vitest';
import { isUnreachable, ownEnvironment } from './npm.ts';

test('a registry that does not answer is told from a package that is not there', () => {
  const failed = (output: string) => ({ ok: false, stdout: '', output });
  expect(isUnreachable(failed('npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org failed'))).toBe(true);
  expect(isUnreachable(failed('npm ERR! code ENOTFOUND'))).toBe(true);
  expect(isUnreachable(failed('npm error code E404\nnpm error 404 Not Found'))).toBe(false);
  expect(isUnreachable({ ok: true, stdout: '', output: 'code EAI_AGAIN' })).toBe(false);
});

test('what npm tells the scripts of one project is kept from another', () => {
  expect(ownEnvironment({ PATH: '/bin', npm_config_cache: '/cache', npm_config_local_prefix: '/here', npm_package_name: 'a', npm_lifecycle_event: 'b', INIT_CWD: '/' })).toEqual({
    PATH: '/bin',
    npm_config_cache: '/cache',
  });
});
