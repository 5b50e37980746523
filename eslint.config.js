import eslint from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';

const tests = ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'];
/** May speak on the terminal; everything else speaks through the log or the window. */
const terminals = ['main/host/cli*.ts', 'main/host/cli/**', 'bench/**', 'resources/scripts/**', 'e2e/**'];

/** Sizes that keep a file one thing and a function one thought. An exception carries its reason on its line. */
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
  'max-params': ['error', 3],
};

const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that one thing has one name everywhere.' };

export default defineConfig(
  { ignores: ['dist/', 'build/', 'release/', 'node_modules/', 'stubs/', 'test-results/', 'playwright-report/'] },
  {
    files: ['**/*.{js,mjs,ts,tsx}'],
    extends: [eslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...sizes,
      'no-console': 'error',
      'no-restricted-syntax': ['error', defaultExport],
      eqeqeq: 'error',
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      'no-unused-expressions': 'off',
      // The word means five things here: say which.
      'id-denylist': ['error', 'context', 'ctx'],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommended],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', { ignoreDirectives: true, allowTernary: true, allowShortCircuit: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['resources/scripts/**/*.mjs', '*.js', '*.mjs'], languageOptions: { globals: nodeGlobals() } },
  // The types of a test runner bring Node's globals along, so the compiler alone would let these through.
  {
    files: ['renderer/**/*.{ts,tsx}', 'main/contract/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'require', 'setImmediate', '__dirname'] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat.recommended],
    // It warns of every use of the virtual list; those components opt out of the compiler by themselves.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  { files: terminals, rules: { 'no-console': 'off' } },
  // A schema reads best as the one statement it is.
  { files: ['main/store/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  // A describe block is a chapter, not a function; a test file is as long as what it promises.
  { files: tests, rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }] } },
  // Their tools read the default export.
  { files: ['*.config.{js,ts}', 'e2e/*.config.ts', '.dependency-cruiser.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);

function nodeGlobals() {
  const names = ['process', 'performance', 'fetch', 'AbortSignal', 'URL', 'setTimeout', 'clearTimeout', 'Buffer', 'console'];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
