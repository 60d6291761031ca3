// Runs a client's checks one after the other and prints the outcome of each as a line of JSON.
import assert from 'node:assert/strict';

export { assert };

export const base = process.env.ORCHESTRATOR_URL;
export const scripted = 'scripted';
export const sourced = 'sourced';
export const local = 'smollm2:135m';
export const embedder = 'all-minilm';

export const weather = {
  name: 'getWeather',
  description: 'Tells the weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  },
};

export const color = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 12 }, warm: { type: 'boolean' } },
  required: ['name', 'warm'],
  additionalProperties: false,
};

/** What a text has to be that answers by the schema above. */
export function assertColor(text) {
  const answer = JSON.parse(text);
  assert.deepEqual(Object.keys(answer).sort(), ['name', 'warm']);
  assert.equal(typeof answer.name, 'string');
  assert.equal(typeof answer.warm, 'boolean');
}

/** What an answer has to be that was made with search results, for the capital of Germany; the key is for clients that show what they do not know. */
export function assertSourced(text, sources) {
  assert.match(text, /Berlin[^]*\n\nSources:\n\[1\] Germany - doc:germany\.md$/);
  if (sources) {
    assert.deepEqual(sources, [{ id: 1, title: 'Germany', url: 'doc:germany.md' }]);
  }
}

/** What vectors of the embedder have to be. */
export function assertVectors(vectors, count) {
  assert.equal(vectors.length, count);
  for (const vector of vectors) {
    assert.equal(vector.length, 384);
    assert.ok(vector.every(Number.isFinite));
  }
}

export async function run(checks) {
  for (const [check, body] of Object.entries(checks)) {
    let problem = '';
    try {
      await body();
    } catch (error) {
      problem = String(error?.stack ?? error);
    }
    console.log(JSON.stringify({ check, problem }));
  }
}
