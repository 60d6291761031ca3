import { ChatOllama, OllamaEmbeddings } from '@langchain/ollama';
import { assert, assertColor, assertSourced, assertVectors, base, color, embedder, local, run, scripted, sourced, weather } from './checks.mjs';

const client = (more) => new ChatOllama({ baseUrl: base, model: scripted, temperature: 0, maxRetries: 0, ...more });

await run({
  chats: async () => {
    const reply = await client().invoke('What is the capital of Germany?');
    assert.match(reply.content, /Berlin/);
    assert.ok(reply.usage_metadata.total_tokens > 0);
    assertSourced((await client({ model: sourced }).invoke('What is the capital of Germany?')).content);
    let text = '';
    for await (const piece of await client({ model: sourced }).stream('What is the capital of Germany?')) {
      text += piece.content;
    }
    assertSourced(text);
  },
  'chats in a stream': async () => {
    const pieces = [];
    for await (const piece of await client({ model: local, numPredict: 12 }).stream('Name three colours.')) {
      pieces.push(piece.content);
    }
    assert.ok(pieces.length > 2);
    assert.ok(pieces.join('').length > 0);
  },
  'calls a tool': async () => {
    const bound = client().bindTools([{ type: 'function', function: weather }]);
    const question = { role: 'user', content: 'What is the weather in Munich?' };
    const reply = await bound.invoke([question]);
    assert.equal(reply.tool_calls.length, 1);
    assert.equal(reply.tool_calls[0].name, 'getWeather');
    assert.deepEqual(reply.tool_calls[0].args, { city: 'Munich' });
    const result = { role: 'tool', tool_call_id: reply.tool_calls[0].id, name: 'getWeather', content: 'sunny' };
    assert.match((await bound.invoke([question, reply, result])).content, /sunny/);
  },
  'JSON by schema': async () => {
    const reply = await client({ model: local, numPredict: 64, format: color }).invoke('Describe a colour.');
    assertColor(reply.content);
  },
  embeds: async () => {
    const vectors = await new OllamaEmbeddings({ baseUrl: base, model: embedder, maxRetries: 0 }).embedDocuments(['a cat', 'a dog']);
    assertVectors(vectors, 2);
  },
  'meets an error': async () => {
    await assert.rejects(client({ model: 'nope' }).invoke('Hello'), /model 'nope' not found/);
  },
});
