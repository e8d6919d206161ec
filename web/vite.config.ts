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

// What the first words are set in; without this the page is laid out before they come, and again after.
const FONTS = [/^inter-latin-wght-normal$/, /^ibm-plex-mono-latin-[45]00-normal$/];

/** Name the script that asks ahead before every other, for it waits for no stylesheet; and the first fonts. */
const ahead = (): Plugin => ({
  name: 'ahead',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) => {
      const made = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.name === 'ahead');
      if (!made) throw new Error(`${AHEAD} was not built`);
      const attrs = { type: 'module', async: true, crossorigin: true, src: `/${made.fileName}` };
      const fonts = Object.values(bundle ?? {}).flatMap(({ type, fileName }) => {
        const name = /^assets\/(.*)-[\w-]{8}\.woff2$/.exec(fileName)?.[1] ?? '';
        return type === 'asset' && FONTS.some((one) => one.test(name)) ? [fileName] : [];
      });
      if (fonts.length !== 3) throw new Error(`fonts to load first: ${fonts}`);
      return [
        { tag: 'script', attrs, injectTo: 'head-prepend' },
        ...fonts.map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${name}` },
          injectTo: 'head' as const,
        })),
      ];
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
