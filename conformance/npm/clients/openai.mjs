import OpenAI from 'openai';
import { assert, assertColor, assertSourced, assertVectors, base, color, embedder, local, run, scripted, sourced, weather } from './checks.mjs';

const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: 'none', maxRetries: 0 });
const question = { role: 'user', content: 'What is the weather in Munich?' };
const tools = [{ type: 'function', function: weather }];

await run({
  'lists models': async () => {
    const models = [];
    for await (const model of client.models.list()) {
      models.push(model.id);
    }
    assert.ok(models.includes(local));
    assert.equal((await client.models.retrieve(local)).id, local);
  },
  chats: async () => {
    const reply = await client.chat.completions.create({
      model: scripted,
      messages: [{ role: 'user', content: 'What is the capital of Germany?' }],
    });
    assert.match(reply.choices[0].message.content, /Berlin/);
    assert.equal(reply.choices[0].finish_reason, 'stop');
    assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
    const cited = { model: sourced, messages: [{ role: 'user', content: 'What is the capital of Germany?' }] };
    const whole = await client.chat.completions.create(cited);
    assertSourced(whole.choices[0].message.content, whole.sources ?? []);
    const final = await client.chat.completions.stream(cited).finalChatCompletion();
    assertSourced(final.choices[0].message.content);
    const item = { model: sourced, input: 'What is the capital of Germany?' };
    const responded = await client.responses.create(item);
    assertSourced(responded.output_text, responded.sources ?? []);
    const ended = await client.responses.stream(item).finalResponse();
    assertSourced(ended.output_text, ended.sources ?? []);
    const response = await client.responses.create({ model: scripted, input: 'What is the capital of Germany?' });
    assert.match(response.output_text, /Berlin/);
  },
  'chats in a stream': async () => {
    const stream = await client.chat.completions.create({
      model: local,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'Name three colours.' }],
      max_completion_tokens: 12,
      temperature: 0,
    });
    let text = '';
    let usage;
    let pieces = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
      usage = chunk.usage ?? usage;
      pieces += 1;
    }
    assert.ok(text.length > 0 && pieces > 2);
    assert.ok(usage.completion_tokens > 0 && usage.completion_tokens <= 12);
    const events = [];
    for await (const event of await client.responses.create({ model: scripted, input: 'What is the capital of Germany?', stream: true })) {
      events.push(event);
    }
    assert.equal(events.at(0).type, 'response.created');
    assert.equal(events.at(-1).type, 'response.completed');
    assert.match(events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''), /Berlin/);
  },
  'calls a tool': async () => {
    const reply = await client.chat.completions.create({ model: scripted, messages: [question], tools });
    const { message, finish_reason } = reply.choices[0];
    assert.equal(finish_reason, 'tool_calls');
    assert.equal(message.tool_calls[0].function.name, 'getWeather');
    assert.deepEqual(JSON.parse(message.tool_calls[0].function.arguments), { city: 'Munich' });
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'sunny' };
    const answer = await client.chat.completions.create({ model: scripted, messages: [question, message, result], tools });
    assert.match(answer.choices[0].message.content, /sunny/);
    const forced = await client.chat.completions.create({
      model: scripted,
      messages: [{ role: 'user', content: 'I live in Munich' }],
      tools,
      tool_choice: 'required',
    });
    assert.equal(forced.choices[0].message.tool_calls.length, 1);
  },
  'JSON by schema': async () => {
    const reply = await client.chat.completions.create({
      model: local,
      messages: [{ role: 'user', content: 'Describe a colour.' }],
      response_format: { type: 'json_schema', json_schema: { name: 'color', schema: color, strict: true } },
      max_tokens: 64,
      temperature: 0,
    });
    assertColor(reply.choices[0].message.content);
  },
  embeds: async () => {
    // the client asks for base64 and unpacks it
    const packed = await client.embeddings.create({ model: embedder, input: ['a cat', 'a dog'] });
    assertVectors(packed.data.map((item) => item.embedding), 2);
    const plain = await client.embeddings.create({ model: embedder, input: 'a cat', encoding_format: 'float' });
    assertVectors(plain.data.map((item) => item.embedding), 1);
  },
  'meets an error': async () => {
    await assert.rejects(client.chat.completions.create({ model: 'nope', messages: [question] }), (error) => {
      assert.ok(error instanceof OpenAI.NotFoundError);
      assert.equal(error.type, 'not_found_error');
      assert.match(error.message, /model 'nope' not found/);
      return true;
    });
  },
});
