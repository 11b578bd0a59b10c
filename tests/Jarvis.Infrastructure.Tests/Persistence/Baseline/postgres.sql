-- The first schema with a few rows. Do not change this file: databases of this schema exist.

CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    migration_id character varying(150) NOT NULL,
    product_version character varying(32) NOT NULL,
    CONSTRAINT pk___ef_migrations_history PRIMARY KEY (migration_id)
);

START TRANSACTION;
CREATE TABLE users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_administrator boolean NOT NULL,
    username character varying(256),
    normalized_username character varying(256),
    email character varying(256),
    normalized_email character varying(256),
    email_confirmed boolean NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    lockout_end timestamp with time zone,
    lockout_enabled boolean NOT NULL,
    access_failed_count integer NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id)
);

CREATE TABLE access_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT pk_access_tokens PRIMARY KEY (id),
    CONSTRAINT fk_access_tokens_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE bug_reports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    description character varying(10000) NOT NULL,
    severity character varying(20) NOT NULL,
    version character varying(100) NOT NULL,
    trace_id character varying(64),
    created_at timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    failure_code character varying(100),
    failure_message text,
    failure_arguments text[] NOT NULL,
    work_item_id integer,
    work_item_url character varying(2000),
    sent_at timestamp with time zone,
    CONSTRAINT pk_bug_reports PRIMARY KEY (id),
    CONSTRAINT fk_bug_reports_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE conversation (
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    title character varying(120) NOT NULL,
    platform character varying(20) NOT NULL,
    external_id character varying(200),
    without_memory boolean NOT NULL DEFAULT FALSE,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_conversation PRIMARY KEY (conversation_id),
    CONSTRAINT fk_conversation_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE discord_accounts (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    discord_user_id character varying(20) NOT NULL,
    name character varying(100) NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_discord_accounts PRIMARY KEY (id),
    CONSTRAINT fk_discord_accounts_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE discord_questions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    interaction_id character varying(20) NOT NULL,
    application_id character varying(20) NOT NULL,
    token bytea NOT NULL,
    discord_user_id character varying(20) NOT NULL,
    scope_type character varying(20) NOT NULL,
    guild_id character varying(20),
    channel_id character varying(20) NOT NULL,
    is_public boolean NOT NULL,
    with_memory boolean NOT NULL,
    prompt text NOT NULL,
    language character varying(2) NOT NULL,
    address text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    turn_id uuid,
    parts_sent integer NOT NULL,
    CONSTRAINT pk_discord_questions PRIMARY KEY (id),
    CONSTRAINT fk_discord_questions_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE memory_tombstones (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    content_hash character varying(64) NOT NULL,
    source_hash character varying(64),
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_memory_tombstones PRIMARY KEY (id),
    CONSTRAINT fk_memory_tombstones_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE user_config (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    model character varying(200),
    temperature real NOT NULL,
    speaches_enabled boolean NOT NULL,
    speaches_tts_model character varying(200),
    speaches_tts_voice character varying(200),
    tts_provider character varying(200),
    speech_speed real NOT NULL DEFAULT 1,
    language text,
    theme character varying(20) NOT NULL,
    local_models_only boolean NOT NULL DEFAULT FALSE,
    memory_key bytea NOT NULL,
    CONSTRAINT pk_user_config PRIMARY KEY (id),
    CONSTRAINT fk_user_config_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE bug_report_pictures (
    bug_report_id uuid NOT NULL,
    media_type character varying(50) NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_bug_report_pictures PRIMARY KEY (bug_report_id),
    CONSTRAINT fk_bug_report_pictures_bug_reports_id FOREIGN KEY (bug_report_id) REFERENCES bug_reports (id) ON DELETE CASCADE
);

CREATE TABLE conversation_history (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    prompt text NOT NULL,
    response text,
    used_tokens integer NOT NULL,
    timestamp timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    model text,
    external_id character varying(200),
    failure_code character varying(100),
    failure_message text,
    failure_arguments text[] NOT NULL,
    remembered_at timestamp with time zone,
    recallable boolean NOT NULL,
    recall character varying(20) NOT NULL DEFAULT 'asked',
    CONSTRAINT pk_conversation_history PRIMARY KEY (id),
    CONSTRAINT fk_conversation_history_conversation_conversation_id FOREIGN KEY (conversation_id) REFERENCES conversation (conversation_id) ON DELETE CASCADE,
    CONSTRAINT fk_conversation_history_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE conversation_summary (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    summary character varying(8000) NOT NULL,
    message_count integer NOT NULL,
    last_turn_id uuid,
    updated_at timestamp with time zone NOT NULL,
    rebuild boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT pk_conversation_summary PRIMARY KEY (id),
    CONSTRAINT fk_conversation_summary_conversation_conversation_id FOREIGN KEY (conversation_id) REFERENCES conversation (conversation_id) ON DELETE CASCADE,
    CONSTRAINT fk_conversation_summary_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE discord_conversations (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    scope_key character varying(100) NOT NULL,
    scope_type character varying(20) NOT NULL,
    guild_id character varying(20),
    channel_id character varying(20) NOT NULL,
    discord_user_id character varying(20) NOT NULL,
    conversation_id uuid NOT NULL,
    last_turn_id uuid NOT NULL,
    CONSTRAINT pk_discord_conversations PRIMARY KEY (id),
    CONSTRAINT fk_discord_conversations_conversation_conversation_id FOREIGN KEY (conversation_id) REFERENCES conversation (conversation_id) ON DELETE CASCADE,
    CONSTRAINT fk_discord_conversations_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE memory_items (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid,
    source_turn_id uuid,
    kind character varying(20) NOT NULL,
    content character varying(1000) NOT NULL,
    content_hash character varying(64) NOT NULL,
    salience real NOT NULL,
    pinned boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    superseded_by uuid,
    CONSTRAINT pk_memory_items PRIMARY KEY (id),
    CONSTRAINT fk_memory_items_conversation_conversation_id FOREIGN KEY (conversation_id) REFERENCES conversation (conversation_id) ON DELETE SET NULL,
    CONSTRAINT fk_memory_items_memory_items_superseded_by FOREIGN KEY (superseded_by) REFERENCES memory_items (id) ON DELETE SET NULL,
    CONSTRAINT fk_memory_items_turns_source_turn_id FOREIGN KEY (source_turn_id) REFERENCES conversation_history (id) ON DELETE SET NULL,
    CONSTRAINT fk_memory_items_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE search_documents (
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    user_id uuid NOT NULL,
    turn_id uuid,
    memory_item_id uuid,
    terms text NOT NULL,
    terms_version integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_search_documents PRIMARY KEY (id),
    CONSTRAINT fk_search_documents_memory_items_memory_item_id FOREIGN KEY (memory_item_id) REFERENCES memory_items (id) ON DELETE CASCADE,
    CONSTRAINT fk_search_documents_turns_turn_id FOREIGN KEY (turn_id) REFERENCES conversation_history (id) ON DELETE CASCADE,
    CONSTRAINT fk_search_documents_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE turn_memories (
    position integer NOT NULL,
    turn_id uuid NOT NULL,
    memory_item_id uuid,
    from_item boolean NOT NULL DEFAULT FALSE,
    source_turn_id uuid,
    CONSTRAINT pk_turn_memories PRIMARY KEY (turn_id, position),
    CONSTRAINT fk_turn_memories_conversation_history_source_turn_id FOREIGN KEY (source_turn_id) REFERENCES conversation_history (id) ON DELETE SET NULL,
    CONSTRAINT fk_turn_memories_conversation_history_turn_id FOREIGN KEY (turn_id) REFERENCES conversation_history (id) ON DELETE CASCADE,
    CONSTRAINT fk_turn_memories_memory_items_memory_item_id FOREIGN KEY (memory_item_id) REFERENCES memory_items (id) ON DELETE SET NULL
);

CREATE UNIQUE INDEX ix_access_tokens_hash ON access_tokens (hash);

CREATE INDEX ix_access_tokens_user_id ON access_tokens (user_id);

CREATE INDEX ix_bug_reports_next_attempt_at ON bug_reports (next_attempt_at) WHERE status <> 'sent';

CREATE INDEX ix_bug_reports_user_id_id ON bug_reports (user_id, id);

CREATE UNIQUE INDEX ix_conversation_user_id_external_id ON conversation (user_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX ix_conversation_user_id_updated_at ON conversation (user_id, updated_at);

CREATE INDEX ix_conversation_history_conversation_id ON conversation_history (conversation_id) WHERE remembered_at IS NULL AND status = 'completed';

CREATE UNIQUE INDEX ix_conversation_history_conversation_id_external_id ON conversation_history (conversation_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX ix_conversation_history_conversation_id_id ON conversation_history (conversation_id, id);

CREATE INDEX ix_conversation_history_timestamp ON conversation_history (timestamp) WHERE status = 'pending';

CREATE INDEX ix_conversation_history_user_id_id ON conversation_history (user_id, id);

CREATE UNIQUE INDEX ix_conversation_summary_conversation_id ON conversation_summary (conversation_id);

CREATE INDEX ix_conversation_summary_rebuild ON conversation_summary (rebuild) WHERE rebuild;

CREATE INDEX ix_conversation_summary_user_id ON conversation_summary (user_id);

CREATE UNIQUE INDEX ix_discord_accounts_discord_user_id ON discord_accounts (discord_user_id);

CREATE UNIQUE INDEX ix_discord_accounts_user_id ON discord_accounts (user_id);

CREATE INDEX ix_discord_conversations_conversation_id ON discord_conversations (conversation_id);

CREATE UNIQUE INDEX ix_discord_conversations_user_id_scope_key ON discord_conversations (user_id, scope_key);

CREATE INDEX ix_discord_questions_due_at ON discord_questions (due_at);

CREATE UNIQUE INDEX ix_discord_questions_interaction_id ON discord_questions (interaction_id);

CREATE INDEX ix_discord_questions_user_id ON discord_questions (user_id);

CREATE INDEX ix_memory_items_conversation_id ON memory_items (conversation_id);

CREATE INDEX ix_memory_items_source_turn_id ON memory_items (source_turn_id);

CREATE INDEX ix_memory_items_superseded_by ON memory_items (superseded_by);

CREATE UNIQUE INDEX ix_memory_items_user_id_content_hash ON memory_items (user_id, content_hash) WHERE valid_to IS NULL;

CREATE INDEX ix_memory_items_user_id_id ON memory_items (user_id, id);

CREATE INDEX ix_memory_tombstones_user_id_content_hash ON memory_tombstones (user_id, content_hash);

CREATE UNIQUE INDEX ix_search_documents_memory_item_id ON search_documents (memory_item_id);

CREATE UNIQUE INDEX ix_search_documents_turn_id ON search_documents (turn_id);

CREATE INDEX ix_search_documents_user_id ON search_documents (user_id);

CREATE INDEX ix_turn_memories_memory_item_id ON turn_memories (memory_item_id);

CREATE INDEX ix_turn_memories_source_turn_id ON turn_memories (source_turn_id);

CREATE UNIQUE INDEX ix_user_config_user_id ON user_config (user_id);

CREATE UNIQUE INDEX ix_users_normalized_email ON users (normalized_email);

CREATE UNIQUE INDEX ix_users_normalized_username ON users (normalized_username);

CREATE TABLE search_postings (
    user_id uuid NOT NULL,
    term text COLLATE "C" NOT NULL,
    document_id bigint NOT NULL,
    frequency integer NOT NULL,
    length integer NOT NULL,
    CONSTRAINT pk_search_postings PRIMARY KEY (user_id, term, document_id) INCLUDE (frequency, length));

CREATE FUNCTION search_documents_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM search_postings
        WHERE user_id = old.user_id AND term = ANY (array_append(string_to_array(old.terms, ' '), '')) AND document_id = old.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search_postings (user_id, term, document_id, frequency, length)
        SELECT new.user_id, word, new.id, count(*), cardinality(words)
        FROM (SELECT string_to_array(new.terms, ' ') AS words) AS document, unnest(array_append(words, '')) AS word
        GROUP BY word, words;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER search_documents_posted AFTER INSERT OR DELETE OR UPDATE OF terms ON search_documents
FOR EACH ROW EXECUTE FUNCTION search_documents_post();

CREATE EXTENSION IF NOT EXISTS vector;

ALTER TABLE memory_items
    ADD COLUMN embedding halfvec,
    ADD COLUMN embedding_model text,
    ADD COLUMN embedding_code bit varying GENERATED ALWAYS AS (binary_quantize(embedding)) STORED;
ALTER TABLE memory_items ALTER COLUMN embedding SET STORAGE MAIN;
CREATE INDEX ix_memory_items_nearest ON memory_items (user_id, embedding_model) INCLUDE (id, embedding_code)
    WHERE embedding_code IS NOT NULL;
CREATE INDEX ix_memory_items_embedding_model ON memory_items (embedding_model, id);

ALTER TABLE conversation_history ADD COLUMN embedding_model text;
CREATE INDEX ix_conversation_history_embedding_model ON conversation_history (embedding_model, id)
    WHERE status = 'completed' AND recallable;

CREATE TABLE turn_embeddings (
    turn_id uuid CONSTRAINT pk_turn_embeddings PRIMARY KEY
        CONSTRAINT fk_turn_embeddings_turns_turn_id REFERENCES conversation_history (id) ON DELETE CASCADE,
    user_id uuid NOT NULL CONSTRAINT fk_turn_embeddings_users_user_id REFERENCES users (id) ON DELETE CASCADE,
    embedding_model text NOT NULL,
    embedding_code bit varying GENERATED ALWAYS AS (binary_quantize(embedding)) STORED,
    embedding halfvec NOT NULL);
ALTER TABLE turn_embeddings ALTER COLUMN embedding SET STORAGE MAIN;
CREATE INDEX ix_turn_embeddings_nearest ON turn_embeddings (user_id, embedding_model) INCLUDE (turn_id, embedding_code);

ALTER TABLE memory_items SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE turn_embeddings SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE FUNCTION memory_items_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.embedding := NULL;
    NEW.embedding_model := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER memory_items_edited BEFORE UPDATE OF content ON memory_items
    FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION memory_items_edited();

CREATE FUNCTION conversation_history_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM turn_embeddings WHERE turn_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER conversation_history_forgotten AFTER UPDATE OF recallable ON conversation_history
    FOR EACH ROW WHEN (OLD.recallable AND NOT NEW.recallable) EXECUTE FUNCTION conversation_history_forgotten();

INSERT INTO "__EFMigrationsHistory" (migration_id, product_version)
VALUES ('20261127024315_Initial', '10.0.15');

COMMIT;

INSERT INTO users (id, created_at, is_administrator, username, normalized_username, email, normalized_email, email_confirmed, lockout_enabled, access_failed_count)
VALUES ('019a0000-0000-7000-8000-000000000001', '2026-05-01T11:00:00Z', true, 'anna', 'ANNA', 'anna@example.org', 'ANNA@EXAMPLE.ORG', false, true, 0);
INSERT INTO user_config (id, user_id, temperature, speaches_enabled, theme, memory_key)
VALUES ('019a0000-0000-7000-8000-000000000002', '019a0000-0000-7000-8000-000000000001', 0.7, false, 'system', decode(repeat('00', 32), 'hex'));
INSERT INTO conversation (conversation_id, user_id, title, platform, created_at, updated_at)
VALUES ('019a0000-0000-7000-8000-000000000003', '019a0000-0000-7000-8000-000000000001', 'Parrots', 'web', '2026-05-01T11:00:00Z', '2026-05-01T11:00:00Z');
INSERT INTO conversation_history (id, conversation_id, user_id, prompt, response, used_tokens, timestamp, status, failure_arguments, remembered_at, recallable)
VALUES ('019a0000-0000-7000-8000-000000000004', '019a0000-0000-7000-8000-000000000003', '019a0000-0000-7000-8000-000000000001', 'My parrot is called Kiki', 'What a nice name.', 10, '2026-05-01T11:00:00Z', 'completed', ARRAY[]::text[], '2026-05-01T11:01:00Z', true);
INSERT INTO memory_items (id, user_id, conversation_id, source_turn_id, kind, content, content_hash, salience, pinned, created_at, valid_from)
VALUES ('019a0000-0000-7000-8000-000000000005', '019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000003', '019a0000-0000-7000-8000-000000000004', 'fact', 'The parrot is called Kiki', repeat('0', 64), 0.5, false, '2026-05-01T11:01:00Z', '2026-05-01T11:01:00Z');
INSERT INTO search_documents (user_id, turn_id, memory_item_id, terms)
VALUES ('019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000004', NULL, 'parrot kiki'),
       ('019a0000-0000-7000-8000-000000000001', NULL, '019a0000-0000-7000-8000-000000000005', 'parrot kiki');
