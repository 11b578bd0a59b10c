import hljs from '../lib/highlight/highlight.min.js';

// Grammars outside the common bundle by the names that code blocks use. Each one loads on first use.
const grammars = new Map(Object.entries({
  cmake: ['cmake'],
  dart: ['dart'],
  dockerfile: ['dockerfile', 'docker'],
  elixir: ['elixir', 'ex', 'exs'],
  fortran: ['fortran', 'f90', 'f95'],
  fsharp: ['fsharp', 'fs', 'f#'],
  groovy: ['groovy', 'gradle'],
  haskell: ['haskell', 'hs'],
  http: ['http', 'https'],
  julia: ['julia', 'jl'],
  latex: ['latex', 'tex'],
  matlab: ['matlab'],
  nginx: ['nginx', 'nginxconf'],
  powershell: ['powershell', 'pwsh', 'ps', 'ps1'],
  properties: ['properties', 'dotenv', 'env'],
  protobuf: ['protobuf', 'proto'],
  scala: ['scala'],
}).flatMap(([grammar, names]) => names.map(name => [name, grammar])));

addEventListener('message', async ({ data: { code, language } }) => {
  postMessage(await highlight(code, language.toLowerCase()).catch(() => null));
});

async function highlight(code, language) {
  const grammar = grammars.get(language);
  if (grammar && !hljs.getLanguage(grammar)) {
    hljs.registerLanguage(grammar, (await import(`../lib/highlight/languages/${grammar}.min.js`)).default);
  }

  const name = grammar ?? language;
  return hljs.getLanguage(name) ? hljs.highlight(code, { language: name, ignoreIllegals: true }).value : null;
}
