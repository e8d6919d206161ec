import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const PACKED = /\.(js|css|json|svg|html)$/;

/** Put a `.gz` beside every text file as it was written, so that the server packs nothing while people wait. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  closeBundle() {
    for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && PACKED.test(path))
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  },
});

const AHEAD = 'src/lib/ahead.ts';

/** Name the script that asks ahead before every other; it waits for no stylesheet. */
const ahead = (): Plugin => ({
  name: 'ahead',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) => {
      const made = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.name === 'ahead');
      if (!made) throw new Error(`${AHEAD} was not built`);
      const attrs = { type: 'module', async: true, crossorigin: true, src: `/${made.fileName}` };
      return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
    },
  },
});

// No inlined assets (the content policy forbids `data:`), no preload shim, one stylesheet.
export default defineConfig({
  plugins: [react(), ahead(), packed()],
  build: {
    outDir: 'dist',
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    sourcemap: false,
    rolldownOptions: {
      input: { index: 'index.html', ahead: AHEAD },
      // What the first screen needs comes in one file: each further one is one more round of asking.
      output: {
        codeSplitting: {
          groups: [
            { name: 'ahead', test: (id) => id.endsWith(AHEAD), priority: 1 },
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8399' } },
});
