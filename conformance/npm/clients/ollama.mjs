import { Ollama } from 'ollama';
import { assert, assertColor, assertSourced, assertVectors, base, color, embedder, local, run, scripted, sourced, weather } from './checks.mjs';

const client = new Ollama({ host: base });
const question = { role: 'user', content: 'What is the weather in Munich?' };
const tools = [{ type: 'function', function: weather }];

await run({
  'lists models': async () => {
    const { models } = await client.list();
    assert.ok(models.some((model) => model.name === local));
    const shown = await client.show({ model: local });
    assert.equal(shown.model_info['general.architecture'], 'llama');
    const { version } = await client.version();
    assert.match(version, /^\d+\.\d+\.\d+/);
  },
  chats: async () => {
    const reply = await client.chat({ model: scripted, messages: [{ role: 'user', content: 'What is the capital of Germany?' }] });
    assert.match(reply.message.content, /Berlin/);
    assert.equal(reply.done_reason, 'stop');
    const cited = { model: sourced, messages: [{ role: 'user', content: 'What is the capital of Germany?' }] };
    const whole = await client.chat(cited);
    assertSourced(whole.message.content, whole.sources ?? []);
    const parts = [];
    for await (const part of await client.chat({ ...cited, stream: true })) {
      parts.push(part);
    }
    assertSourced(parts.map((part) => part.message.content).join(''), parts.at(-1).sources ?? []);
    const generated = await client.generate({ model: local, prompt: 'Hello', options: { num_predict: 4 } });
    assert.ok(generated.response.length > 0);
    assert.ok(generated.eval_count > 0 && generated.eval_count <= 4);
  },
  'chats in a stream': async () => {
    const stream = await client.chat({
      model: local,
      stream: true,
      messages: [{ role: 'user', content: 'Name three colours.' }],
      options: { num_predict: 12, temperature: 0 },
    });
    const parts = [];
    for await (const part of stream) {
      parts.push(part);
    }
    assert.ok(parts.length > 2);
    assert.ok(parts.at(-1).done);
    assert.ok(parts.map((part) => part.message.content).join('').length > 0);
  },
  'calls a tool': async () => {
    const reply = await client.chat({ model: scripted, messages: [question], tools });
    const [call] = reply.message.tool_calls;
    assert.equal(call.function.name, 'getWeather');
    assert.deepEqual(call.function.arguments, { city: 'Munich' });
    const result = { role: 'tool', tool_name: 'getWeather', content: 'sunny' };
    const answer = await client.chat({ model: scripted, messages: [question, reply.message, result], tools });
    assert.match(answer.message.content, /sunny/);
  },
  'JSON by schema': async () => {
    const reply = await client.chat({
      model: local,
      format: color,
      messages: [{ role: 'user', content: 'Describe a colour.' }],
      options: { num_predict: 64, temperature: 0 },
    });
    assertColor(reply.message.content);
  },
  embeds: async () => {
    const { embeddings } = await client.embed({ model: embedder, input: ['a cat', 'a dog'] });
    assertVectors(embeddings, 2);
  },
  'meets an error': async () => {
    await assert.rejects(client.chat({ model: 'nope', messages: [question] }), (error) => {
      assert.equal(error.status_code, 404);
      assert.equal(error.message, "model 'nope' not found");
      return true;
    });
  },
});
