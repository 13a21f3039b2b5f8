import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: process.env.SCHEMA ?? '../../schema.graphql',
  documents: ['follow.ts'],
  generates: { './gql/': { preset: 'client', config: { enumsAsTypes: true, useTypeImports: true }, presetConfig: { fragmentMasking: false } } },
  emitLegacyCommonJSImports: false,
};

export default config;
