namespace Jarvis.Server.Tests.Plans;

/// <summary>Fills every table with rows of 40,000 users, and with a thousand rows of one user.</summary>
internal static class SeedData
{
    public const int Users = 40_000;

    /// <summary>Texts of the vectors.</summary>
    public const string Model = "stand-in/8";

    private const int RowsOfUser = 1_000;

    /// <param name="person">Registered user that receives a thousand rows in each table.</param>
    public static Task AddAsync(PrivatePostgres postgres, string database, string person) => postgres.SqlAsync(
        database,
        $"""
        SET synchronous_commit = off;

        -- A statement below fills the index directly, with search terms instead of the texts of the rows.
        ALTER TABLE search_documents DISABLE TRIGGER search_documents_posted;

        CREATE TEMPORARY TABLE filled AS
        SELECT number, gen_random_uuid() AS person, gen_random_uuid() AS conversation, gen_random_uuid() AS turn, gen_random_uuid() AS item,
               now() - number * interval '1 second' AS at
        FROM generate_series(1, {Users}) AS number;

        INSERT INTO users (id, created_at, is_administrator, username, normalized_username, email, normalized_email, email_confirmed, lockout_enabled, access_failed_count)
        SELECT person, at, false, 'p' || number, 'P' || number, 'p' || number || '@example.org', 'P' || number || '@EXAMPLE.ORG', false, true, 0 FROM filled;
        INSERT INTO user_config (id, user_id, temperature, speaches_enabled, theme, memory_key)
        SELECT gen_random_uuid(), person, 0.7, false, 'system', decode(repeat('00', 32), 'hex') FROM filled;

        UPDATE filled SET person = (SELECT id FROM users WHERE normalized_username = upper('{person}')) WHERE number <= {RowsOfUser};

        INSERT INTO access_tokens (id, user_id, name, hash, created_at)
        SELECT gen_random_uuid(), person, 'token', decode(md5(number::text), 'hex'), at FROM filled;
        INSERT INTO conversation (conversation_id, user_id, title, platform, created_at, updated_at)
        SELECT conversation, person, 'Conversation ' || number, 'web', at, at FROM filled;
        INSERT INTO conversation_history (id, conversation_id, user_id, prompt, response, used_tokens, timestamp, status, failure_arguments, remembered_at, recallable)
        SELECT turn, conversation, person, 'My parrot is called Kiki' || number, 'I see.', 10, at, 'completed', ARRAY[]::text[], at, true FROM filled;
        INSERT INTO conversation_summary (id, conversation_id, user_id, summary, message_count, last_turn_id, updated_at)
        SELECT gen_random_uuid(), conversation, person, 'They talked.', 1, turn, at FROM filled;
        INSERT INTO memory_items (id, user_id, conversation_id, source_turn_id, kind, content, content_hash, salience, pinned, created_at, valid_from)
        SELECT item, person, conversation, turn, 'fact', 'The parrot is called Kiki' || number, md5(number::text), 0.5, false, at, at FROM filled;
        INSERT INTO memory_tombstones (id, user_id, content_hash, created_at)
        SELECT gen_random_uuid(), person, md5('forgotten' || number), at FROM filled;
        INSERT INTO turn_memories (turn_id, position, memory_item_id, source_turn_id)
        SELECT turn, 0, item, turn FROM filled;
        INSERT INTO bug_reports (id, user_id, title, description, severity, version, created_at, status, attempts, next_attempt_at, failure_arguments, work_item_id, sent_at)
        SELECT gen_random_uuid(), person, 'Number ' || number, 'It breaks.', 'low', '1.0', at, 'sent', 1, at, ARRAY[]::text[], number, at FROM filled;
        INSERT INTO search_documents (user_id, turn_id, memory_item_id, terms)
        SELECT person, turn, NULL, 'parrot call kiki' || number FROM filled
        UNION ALL
        SELECT person, NULL, item, 'parrot call kiki' || number FROM filled;
        INSERT INTO search_postings (user_id, term, document_id, frequency, length)
        SELECT user_id, term, id, 1, 3 FROM search_documents, unnest(array_append(string_to_array(terms, ' '), '')) AS term
        ON CONFLICT DO NOTHING;

        UPDATE memory_items SET embedding = array_fill(random(), ARRAY[8])::real[]::halfvec, embedding_model = '{Model}' FROM filled WHERE id = item;
        UPDATE conversation_history SET embedding_model = '{Model}' FROM filled WHERE id = turn;
        INSERT INTO turn_embeddings (turn_id, user_id, embedding_model, embedding)
        SELECT turn, person, '{Model}', array_fill(random(), ARRAY[8])::real[]::halfvec FROM filled;

        INSERT INTO discord_accounts (id, user_id, discord_user_id, name, linked_at)
        SELECT gen_random_uuid(), person, '9' || number, 'p' || number, at FROM filled WHERE number > {RowsOfUser};
        INSERT INTO discord_conversations (id, user_id, scope_key, scope_type, channel_id, discord_user_id, conversation_id, last_turn_id)
        SELECT gen_random_uuid(), person, 'channel:' || number, 'channel', number, '9' || number, conversation, turn FROM filled;
        INSERT INTO discord_questions (id, user_id, interaction_id, application_id, token, discord_user_id, scope_type, channel_id, is_public, with_memory, prompt, language, address, asked_at, due_at, attempts, parts_sent)
        SELECT gen_random_uuid(), person, '9' || number, '1', decode('00', 'hex'), '9' || number, 'channel', number, false, false, 'Hello', 'en', 'http://localhost', now(), now() + interval '1 day', 1, 0 FROM filled;

        ALTER TABLE search_documents ENABLE TRIGGER search_documents_posted;
        ANALYZE;
        """);
}
