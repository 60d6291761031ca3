// Vercel's AI SDK with the provider that is named, since each speaks a surface of its own.
import { embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createOllama } from 'ollama-ai-provider-v2';
import { assert, assertColor, assertSourced, assertVectors, base, color, embedder, local, run, scripted, sourced, weather } from './checks.mjs';

const baseURL = `${base}/v1`;
const compatible = createOpenAICompatible({ name: 'compatible', baseURL, includeUsage: true, supportsStructuredOutputs: true });
const providers = {
  '@ai-sdk/anthropic': createAnthropic({ baseURL, apiKey: 'none' }),
  '@ai-sdk/openai': createOpenAI({ baseURL, apiKey: 'none' }),
  '@ai-sdk/openai-compatible': compatible,
  'ollama-ai-provider-v2': createOllama({ baseURL: `${base}/api` }),
};
const name = process.argv[2];
const provider = providers[name];

function asked(model, question, limit = 100) {
  return {
    model: provider(model),
    maxRetries: 0,
    temperature: 0,
    maxOutputTokens: limit,
    providerOptions: {
      // the server keeps no responses, so the client has to send earlier items whole
      openai: { store: false },
      // this provider sends a limit that Ollama knows only as an option
      ollama: { options: { num_predict: limit, temperature: 0 } },
    },
    ...question,
  };
}

const getWeather = tool({
  description: weather.description,
  inputSchema: jsonSchema(weather.parameters),
  execute: ({ city }) => `sunny in ${city}`,
});

const checks = {
  chats: async () => {
    const reply = await generateText(asked(scripted, { prompt: 'What is the capital of Germany?' }));
    assert.match(reply.text, /Berlin/);
    assert.equal(reply.finishReason, 'stop');
    assert.equal(reply.usage.totalTokens, reply.usage.inputTokens + reply.usage.outputTokens);
    assertSourced((await generateText(asked(sourced, { prompt: 'What is the capital of Germany?' }))).text);
    assertSourced(await streamText(asked(sourced, { prompt: 'What is the capital of Germany?' })).text);
  },
  'chats in a stream': async () => {
    const errors = [];
    const question = {
      prompt: 'Name three colours.',
      // another provider may have asked the same, and its answer would come in one piece
      headers: { 'Cache-Control': 'no-cache' },
      onError: ({ error }) => errors.push(error),
    };
    const stream = streamText(asked(local, question, 12));
    let pieces = 0;
    for await (const piece of stream.textStream) {
      pieces += piece.length > 0 ? 1 : 0;
    }
    assert.deepEqual(errors, []);
    assert.ok(pieces > 2);
    assert.ok((await stream.usage).outputTokens > 0 && (await stream.usage).outputTokens <= 12);
  },
  'calls a tool': async () => {
    const question = { prompt: 'What is the weather in Munich?', tools: { getWeather }, stopWhen: stepCountIs(3) };
    const reply = await generateText(asked(scripted, question));
    assert.equal(reply.steps[0].finishReason, 'tool-calls');
    assert.deepEqual(reply.steps[0].toolCalls[0].input, { city: 'Munich' });
    assert.match(reply.text, /sunny in Munich/);
    // the same from the cache
    assert.match(await streamText(asked(scripted, question)).text, /sunny in Munich/);
  },
  'JSON by schema': async () => {
    const reply = await generateText(
      asked(local, {
        prompt: 'Describe a colour.',
        output: Output.object({ name: 'color', schema: jsonSchema(color) }),
      }),
    );
    assertColor(reply.text);
  },
  embeds: async () => {
    const model = provider.embeddingModel(embedder);
    assertVectors((await embedMany({ model, values: ['a cat', 'a dog'], maxRetries: 0 })).embeddings, 2);
  },
  'meets an error': async () => {
    await assert.rejects(generateText(asked('nope', { prompt: 'x' })), (error) => {
      assert.equal(error.statusCode, 404);
      assert.match(error.responseBody, /model 'nope' not found/);
      return true;
    });
  },
};

if (name === '@ai-sdk/anthropic') {
  // it asks for JSON by a tool where it does not know the model, and has no vectors
  delete checks['JSON by schema'];
  delete checks.embeds;
}
await run(checks);
