/**
 * The little that generators need of Nx's Tree: files by their path from the repository's root. What is written
 * reaches the disk when the generator has ended; when it throws, nothing does.
 */
export interface Tree {
  read(path: string, encoding: 'utf-8'): string | null;
  write(path: string, content: string): void;
  exists(path: string): boolean;
}
