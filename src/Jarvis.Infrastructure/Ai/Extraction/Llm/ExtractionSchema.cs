using System.Text.Json.Nodes;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// JSON schema of the response. <see cref="ExtractionParser"/> checks the response anyway, because many servers only approximate
/// the schema.
/// </summary>
internal static class ExtractionSchema
{
    /// <summary>Maximum number of memories in one batch. A larger number is noise or a model in a loop.</summary>
    public const int MaxMemories = 30;

    public static JsonNode ResponseFormat() => JsonNode.Parse(
        $$"""
        {
          "type": "json_schema",
          "json_schema": {
            "name": "memory",
            "strict": true,
            "schema": {
              "type": "object",
              "additionalProperties": false,
              "required": ["summary", "memories"],
              "properties": {
                "summary": { "type": "string", "maxLength": {{ConversationSummary.SummaryMaxLength}} },
                "memories": {
                  "type": "array",
                  "maxItems": {{MaxMemories}},
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["kind", "content", "salience", "turn", "supersedes"],
                    "properties": {
                      "kind": { "type": "string", "enum": ["fact", "preference", "relationship", "goal", "event", "instruction"] },
                      "content": { "type": "string", "minLength": 1, "maxLength": {{MemoryItem.ContentMaxLength}} },
                      "salience": { "type": "number", "minimum": 0, "maximum": 1 },
                      "turn": { "type": "integer", "minimum": 1 },
                      "supersedes": { "type": ["integer", "null"] }
                    }
                  }
                }
              }
            }
          }
        }
        """)!;
}
