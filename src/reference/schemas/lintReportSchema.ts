import { draft, type JsonSchema } from './jsonSchema.ts';

/** The schema of what `lint --format json` writes. */
export const lintReportSchema: JsonSchema = {
  $schema: draft,
  title: 'Report of inception-cli lint --format json',
  description: 'Readers accept keys that are not named here: the report grows within one formatVersion.',
  type: 'object',
  required: ['formatVersion', 'tool', 'files', 'summary', 'diagnostics'],
  properties: {
    formatVersion: {
      const: 1,
    },
    tool: {
      type: 'object',
      required: ['name', 'version'],
      properties: {
        name: {
          const: 'inception-cli',
        },
        version: {
          type: 'string',
        },
      },
    },
    files: {
      description: 'The specs that were checked.',
      type: 'array',
      items: {
        type: 'string',
      },
    },
    summary: {
      type: 'object',
      required: ['error', 'warning', 'info', 'disabled', 'baselined'],
      additionalProperties: {
        type: 'integer',
        minimum: 0,
      },
    },
    diagnostics: {
      type: 'array',
      items: {
        $ref: '#/definitions/diagnostic',
      },
    },
  },
  definitions: {
    severity: {
      enum: ['error', 'warning', 'info'],
    },
    range: {
      description: 'Lines and columns from 1; columns in characters (code points); the end is exclusive.',
      type: 'object',
      required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
      additionalProperties: {
        type: 'integer',
        minimum: 1,
      },
    },
    diagnostic: {
      type: 'object',
      required: ['code', 'name', 'severity', 'message', 'notes', 'related'],
      properties: {
        code: {
          type: 'string',
          pattern: '^INC[0-9]{3}$',
        },
        name: {
          description: 'Of the error, or the id of the rule.',
          type: 'string',
        },
        severity: {
          $ref: '#/definitions/severity',
        },
        message: {
          type: 'string',
        },
        help: {
          type: 'string',
        },
        file: {
          type: 'string',
        },
        range: {
          $ref: '#/definitions/range',
        },
        pointer: {
          description: 'JSON pointer (RFC 6901) into the spec.',
          type: 'string',
        },
        notes: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
        related: {
          type: 'array',
          items: {
            type: 'object',
            required: ['message', 'file'],
            properties: {
              message: {
                type: 'string',
              },
              file: {
                type: 'string',
              },
              range: {
                $ref: '#/definitions/range',
              },
            },
          },
        },
        fix: {
          type: 'object',
          required: ['safety', 'title', 'edits'],
          properties: {
            safety: {
              enum: ['safe', 'unsafe'],
            },
            title: {
              type: 'string',
            },
            edits: {
              type: 'array',
              items: {
                type: 'object',
                required: ['file', 'text'],
                properties: {
                  file: {
                    type: 'string',
                  },
                  range: {
                    $ref: '#/definitions/range',
                  },
                  text: {
                    type: 'string',
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
