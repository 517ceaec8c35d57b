/** Lint rules: the recommended and the type-aware ones of typescript-eslint, and the house's sizes. */
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'storage/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Methods of an interface may be asynchronous by contract and have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Patterns name control characters on purpose: they are what is looked for.
      'no-control-regex': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 4 }],
    },
  },
  {
    files: ['test/**', 'scripts/**', '*.ts', '*.js'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', 'no-console': 'off', 'max-params': 'off' },
  },
  // Tables, not code: the shapes of the record.
  { files: ['src/record.ts'], rules: { 'max-lines': 'off' } },
  { files: ['eslint.config.js', 'scripts/**'], ...tseslint.configs.disableTypeChecked, languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);
