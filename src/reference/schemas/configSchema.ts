import { setNames } from '../../linter/rule.ts';
import { draft, type JsonSchema, ref } from './jsonSchema.ts';
import { ruleProperties } from './ruleSchema.ts';

/** The schema of `inception.config.yaml`. */
export function configSchema(): JsonSchema {
  const set: JsonSchema = { anyOf: [{ enum: setNames }, { type: 'string', pattern: pathPattern }] };
  return {
    $schema: draft,
    title: 'Configuration of inception-cli lint',
    type: ['object', 'null'],
    properties: {
      extends: {
        description: 'Sets of rules, and other configuration files that this one builds on; later ones win.',
        anyOf: [...(set.anyOf ?? []), { type: 'array', items: set }],
      },
      rules: { description: 'How seriously rules are taken, and their options.', allOf: [ref('rules')] },
      overrides: {
        description: 'Rules for some files; later ones win.',
        type: 'array',
        items: overrideSchema(),
      },
    },
    additionalProperties: false,
    definitions: {
      rules: {
        type: 'object',
        properties: ruleProperties(['off', 'info', 'warn', 'warning', 'error', false]),
        additionalProperties: false,
      },
    },
  };
}

/** A path, as the reader of configurations tells it from the name of a set. */
const pathPattern = '^\\.{0,2}/|\\.(ya?ml|json)$';

function overrideSchema(): JsonSchema {
  return {
    type: 'object',
    properties: {
      files: {
        description: 'Patterns such as legacy/**, relative to this file.',
        type: ['string', 'array'],
        items: { type: 'string' },
      },
      rules: { description: 'Rules for these files.', allOf: [ref('rules')] },
    },
    additionalProperties: false,
  };
}
