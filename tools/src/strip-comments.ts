import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';
import { withoutComments } from './size/without-comments.ts';

// Behind tsc, which keeps comments in code and declarations or in neither: declarations keep them, for those who read them.
for (const room of ['packages', 'apps'])
  for (const name of readdirSync(join(repository, room))) {
    const folder = join(repository, room, name, 'dist');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.js')) continue;
      const path = join(folder, file);
      const source = readFileSync(path, 'utf8');
      const code = withoutComments(source);
      if (code !== source) writeFileSync(path, code);
    }
  }
