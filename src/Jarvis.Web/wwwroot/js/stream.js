/** Yields the events of a text/event-stream response as they arrive. Throws if the connection breaks. */
export async function* readEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }

    const parts = (buffer + value).split('\n\n');
    buffer = parts.pop();
    for (const part of parts) {
      const event = parseEvent(part);
      if (event) {
        yield event;
      }
    }
  }
}

function parseEvent(part) {
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
