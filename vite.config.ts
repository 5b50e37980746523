import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './resources/scripts/licences.mjs';

/** KaTeX ships each font three times; every browser that can run this window reads woff2. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('katex') || !id.split('?')[0]?.endsWith('.css')) return null;
    return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '');
  },
};

/** Chunks arrive in any order; whichever comes first must already know how the layers lie. */
const layersFirst: Plugin = {
  name: 'layers-first',
  enforce: 'pre',
  transform(code, id) {
    const file = id.split('?')[0] ?? '';
    return file.endsWith('.css') && !file.includes('node_modules') ? `@layer base, ui, app, utilities;\n${code}` : null;
  },
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const licencesOf = licences();

export default defineConfig({
  root: here('./renderer'),
  // Served from app://, from the loopback host, or from a folder: no path may be absolute.
  base: './',
  plugins: [onlyWoff2, layersFirst, react(), licencesOf.page],
  resolve: {
    alias: {
      // The real one injects <style>, which the content security policy refuses; our page never scrolls, so nothing needs locking.
      'react-remove-scroll': here('./renderer/ui/noScrollLock.tsx'),
      // Its form for browsers reads KaTeX's markup through the DOM, where the policy refuses the style attributes in it.
      'hast-util-from-html-isomorphic': here('./node_modules/hast-util-from-html-isomorphic/index.js'),
    },
  },
  worker: { format: 'es', plugins: () => [licencesOf.worker] },
  build: {
    outDir: here('./dist/renderer'),
    emptyOutDir: true,
    target: 'chrome136',
    // data: fonts would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
  },
});
