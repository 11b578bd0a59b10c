/** The events of a text/event-stream response, as they come. Throws when the connection breaks. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }

    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const event = parse(part);
      if (event) {
        yield event;
      }
    }
  }
}

function parse(part) {
  let name = '';
  const data = [];
  for (const line of part.split('\n')) {
    if (line.startsWith('event: ')) {
      name = line.slice(7);
    } else if (line.startsWith('data: ')) {
      data.push(line.slice(6));
    }
  }

  return name ? { name, data: JSON.parse(data.join('\n')) } : null;
}
