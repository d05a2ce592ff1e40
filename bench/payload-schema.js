/**
 * What stac-task's Payload.validate checks, as far as JSON Schema can say it: the peer's half of the
 * comparison.
 *
 * @module
 */

const definition = {
  type: 'object',
  properties: {
    workflow_options: { type: 'object' },
    tasks: {
      oneOf: [
        { type: 'object', additionalProperties: { type: 'object' } },
        {
          type: 'array',
          items: {
            type: 'object',
            required: ['name'],
            properties: { parameters: { type: 'object' } },
          },
        },
      ],
    },
    upload_options: { type: 'object', properties: { collections: { type: 'object' } } },
    collection_matchers: { type: 'array', items: { type: 'object' } },
    collection_options: { type: 'object' },
  },
  not: {
    required: ['collection_matchers', 'upload_options'],
    properties: {
      collection_matchers: { minItems: 1 },
      upload_options: { required: ['collections'], properties: { collections: { minProperties: 1 } } },
    },
  },
};

export const payloadSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    process: { anyOf: [definition, { type: 'array', items: [definition] }] },
    features: { type: 'array' },
  },
};
