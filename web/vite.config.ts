import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const PACKED = /\.(js|css|json|svg|html)$/;

/** Put a `.gz` beside every text file, so that the server packs nothing while people wait. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const [fileName, part] of Object.entries(bundle)) {
      if (!PACKED.test(fileName)) continue;
      const source = gzipSync(part.type === 'chunk' ? part.code : part.source, { level: 9 });
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
    }
  },
});

// No inlined assets (the content policy forbids `data:`), no preload shim, one stylesheet.
export default defineConfig({
  plugins: [react(), packed()],
  build: {
    outDir: 'dist',
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://localhost:8399' } },
});
