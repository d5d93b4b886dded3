import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
};

const compressed = new Set(['.html', '.js', '.css', '.svg', '.json', '.wasm']);

/** A static host, as the page would have: files of a folder, texts compressed, with these headers, and without what is missing. */
export async function serveFolder(folder: string, headers: Readonly<Record<string, string>>, missing?: RegExp): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const type = types[extname(file)];
    if (missing?.test(path) === true || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile() || type === undefined) {
      response.writeHead(404).end();
      return;
    }
    const isCompressed = compressed.has(extname(file)) && (request.headers['accept-encoding'] ?? '').includes('gzip');
    response.writeHead(200, { ...headers, 'content-type': type, ...(isCompressed ? { 'content-encoding': 'gzip' } : {}) });
    const content = createReadStream(file);
    if (isCompressed) content.pipe(createGzip()).pipe(response);
    else content.pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}/`, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.closeAllConnections();
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
