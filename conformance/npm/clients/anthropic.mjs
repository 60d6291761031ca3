import Anthropic from '@anthropic-ai/sdk';
import { assert, assertSourced, base, run, scripted, sourced, weather } from './checks.mjs';

const client = new Anthropic({ baseURL: base, apiKey: 'none', maxRetries: 0 });
const question = { role: 'user', content: 'What is the weather in Munich?' };
const capital = { role: 'user', content: 'What is the capital of Germany?' };
const tools = [{ name: weather.name, description: weather.description, input_schema: weather.parameters }];

await run({
  chats: async () => {
    const reply = await client.messages.create({ model: scripted, max_tokens: 64, system: 'Be brief.', messages: [capital] });
    assert.equal(reply.role, 'assistant');
    assert.match(reply.content[0].text, /Berlin/);
    assert.equal(reply.stop_reason, 'end_turn');
    assert.ok(reply.usage.input_tokens > 0 && reply.usage.output_tokens > 0);
    const cited = { model: sourced, max_tokens: 64, messages: [capital] };
    const whole = await client.messages.create(cited);
    assertSourced(whole.content[0].text, whole.sources ?? []);
    assertSourced(await client.messages.stream(cited).finalText());
    const cut = await client.messages.create({ model: scripted, max_tokens: 3, messages: [capital] });
    assert.equal(cut.stop_reason, 'max_tokens');
  },
  'chats in a stream': async () => {
    const stream = client.messages.stream({ model: scripted, max_tokens: 64, messages: [capital] });
    let pieces = 0;
    stream.on('text', () => {
      pieces += 1;
    });
    const message = await stream.finalMessage();
    assert.ok(pieces > 1);
    assert.match(message.content[0].text, /Berlin/);
    assert.equal(message.stop_reason, 'end_turn');
  },
  'calls a tool': async () => {
    const reply = await client.messages.create({ model: scripted, max_tokens: 64, messages: [question], tools });
    assert.equal(reply.stop_reason, 'tool_use');
    const use = reply.content.find((block) => block.type === 'tool_use');
    assert.equal(use.name, 'getWeather');
    assert.deepEqual(use.input, { city: 'Munich' });
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'sunny' }] };
    const answer = await client.messages.create({
      model: scripted,
      max_tokens: 64,
      messages: [question, { role: 'assistant', content: reply.content }, result],
      tools,
    });
    assert.match(answer.content[0].text, /sunny/);
    const streamed = await client.messages.stream({ model: scripted, max_tokens: 64, messages: [question], tools }).finalMessage();
    assert.deepEqual(streamed.content.find((block) => block.type === 'tool_use').input, { city: 'Munich' });
  },
  'meets an error': async () => {
    await assert.rejects(client.messages.create({ model: 'nope', max_tokens: 8, messages: [question] }), (error) => {
      assert.ok(error instanceof Anthropic.NotFoundError);
      assert.equal(error.error.error.type, 'not_found_error');
      assert.match(error.message, /model 'nope' not found/);
      return true;
    });
  },
});
