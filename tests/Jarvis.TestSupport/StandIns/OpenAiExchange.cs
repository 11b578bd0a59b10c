using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

internal sealed record OpenAiExchange(HttpResponse Response, OpenAiStandIn StandIn, OpenAiRequest Request, OpenAiFault Fault);
