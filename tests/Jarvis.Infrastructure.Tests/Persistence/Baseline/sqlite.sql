-- The first schema with a few rows. Do not change this file: databases of this schema exist.

CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "migration_id" TEXT NOT NULL CONSTRAINT "pk___ef_migrations_history" PRIMARY KEY,
    "product_version" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "data_protection_keys" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_data_protection_keys" PRIMARY KEY AUTOINCREMENT,
    "friendly_name" TEXT NULL,
    "xml" TEXT NULL
);

CREATE TABLE "users" (
    "id" TEXT NOT NULL CONSTRAINT "pk_users" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "is_administrator" INTEGER NOT NULL,
    "username" TEXT NULL,
    "normalized_username" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "lockout_end" TEXT NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);

CREATE TABLE "access_tokens" (
    "id" TEXT NOT NULL CONSTRAINT "pk_access_tokens" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NULL,
    CONSTRAINT "fk_access_tokens_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "bug_reports" (
    "id" TEXT NOT NULL CONSTRAINT "pk_bug_reports" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "trace_id" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" TEXT NOT NULL,
    "work_item_id" INTEGER NULL,
    "work_item_url" TEXT NULL,
    "sent_at" TEXT NULL,
    "failure_arguments" TEXT NOT NULL,
    "failure_code" TEXT NULL,
    "failure_message" TEXT NULL,
    CONSTRAINT "fk_bug_reports_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "conversation" (
    "conversation_id" TEXT NOT NULL CONSTRAINT "pk_conversation" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NULL,
    "without_memory" INTEGER NOT NULL DEFAULT 0,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    CONSTRAINT "fk_conversation_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "discord_accounts" (
    "id" TEXT NOT NULL CONSTRAINT "pk_discord_accounts" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "linked_at" TEXT NOT NULL,
    CONSTRAINT "fk_discord_accounts_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "discord_questions" (
    "id" TEXT NOT NULL CONSTRAINT "pk_discord_questions" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "interaction_id" TEXT NOT NULL,
    "application_id" TEXT NOT NULL,
    "token" BLOB NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL,
    "guild_id" TEXT NULL,
    "channel_id" TEXT NOT NULL,
    "is_public" INTEGER NOT NULL,
    "with_memory" INTEGER NOT NULL,
    "prompt" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "asked_at" TEXT NOT NULL,
    "due_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "turn_id" TEXT NULL,
    "parts_sent" INTEGER NOT NULL,
    CONSTRAINT "fk_discord_questions_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "memory_tombstones" (
    "id" TEXT NOT NULL CONSTRAINT "pk_memory_tombstones" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "source_hash" TEXT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "fk_memory_tombstones_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "user_config" (
    "id" TEXT NOT NULL CONSTRAINT "pk_user_config" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "model" TEXT NULL,
    "temperature" REAL NOT NULL,
    "speaches_enabled" INTEGER NOT NULL,
    "speaches_tts_model" TEXT NULL,
    "speaches_tts_voice" TEXT NULL,
    "tts_provider" TEXT NULL,
    "speech_speed" REAL NOT NULL DEFAULT 1,
    "language" TEXT NULL,
    "theme" TEXT NOT NULL,
    "local_models_only" INTEGER NOT NULL DEFAULT 0,
    "memory_key" BLOB NOT NULL,
    CONSTRAINT "fk_user_config_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "bug_report_pictures" (
    "bug_report_id" TEXT NOT NULL CONSTRAINT "pk_bug_report_pictures" PRIMARY KEY,
    "media_type" TEXT NOT NULL,
    "content" BLOB NOT NULL,
    CONSTRAINT "fk_bug_report_pictures_bug_reports_id" FOREIGN KEY ("bug_report_id") REFERENCES "bug_reports" ("id") ON DELETE CASCADE
);

CREATE TABLE "conversation_history" (
    "id" TEXT NOT NULL CONSTRAINT "pk_conversation_history" PRIMARY KEY,
    "conversation_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "response" TEXT NULL,
    "used_tokens" INTEGER NOT NULL,
    "timestamp" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "model" TEXT NULL,
    "external_id" TEXT NULL,
    "remembered_at" TEXT NULL,
    "recallable" INTEGER NOT NULL,
    "recall" TEXT NOT NULL DEFAULT 'asked',
    "embedding_model" TEXT NULL,
    "failure_arguments" TEXT NOT NULL,
    "failure_code" TEXT NULL,
    "failure_message" TEXT NULL,
    CONSTRAINT "fk_conversation_history_conversation_conversation_id" FOREIGN KEY ("conversation_id") REFERENCES "conversation" ("conversation_id") ON DELETE CASCADE,
    CONSTRAINT "fk_conversation_history_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "conversation_summary" (
    "id" TEXT NOT NULL CONSTRAINT "pk_conversation_summary" PRIMARY KEY,
    "conversation_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "message_count" INTEGER NOT NULL,
    "last_turn_id" TEXT NULL,
    "updated_at" TEXT NOT NULL,
    "rebuild" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "fk_conversation_summary_conversation_conversation_id" FOREIGN KEY ("conversation_id") REFERENCES "conversation" ("conversation_id") ON DELETE CASCADE,
    CONSTRAINT "fk_conversation_summary_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "discord_conversations" (
    "id" TEXT NOT NULL CONSTRAINT "pk_discord_conversations" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "scope_key" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL,
    "guild_id" TEXT NULL,
    "channel_id" TEXT NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "last_turn_id" TEXT NOT NULL,
    CONSTRAINT "fk_discord_conversations_conversation_conversation_id" FOREIGN KEY ("conversation_id") REFERENCES "conversation" ("conversation_id") ON DELETE CASCADE,
    CONSTRAINT "fk_discord_conversations_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "memory_items" (
    "id" TEXT NOT NULL CONSTRAINT "pk_memory_items" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "conversation_id" TEXT NULL,
    "source_turn_id" TEXT NULL,
    "kind" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "salience" REAL NOT NULL,
    "pinned" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "edited_at" TEXT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NULL,
    "superseded_by" TEXT NULL,
    "embedding_model" TEXT NULL,
    "embedding" BLOB NULL,
    "embedding_code" BLOB NULL,
    CONSTRAINT "fk_memory_items_conversation_conversation_id" FOREIGN KEY ("conversation_id") REFERENCES "conversation" ("conversation_id") ON DELETE SET NULL,
    CONSTRAINT "fk_memory_items_memory_items_superseded_by" FOREIGN KEY ("superseded_by") REFERENCES "memory_items" ("id") ON DELETE SET NULL,
    CONSTRAINT "fk_memory_items_turns_source_turn_id" FOREIGN KEY ("source_turn_id") REFERENCES "conversation_history" ("id") ON DELETE SET NULL,
    CONSTRAINT "fk_memory_items_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "turn_embeddings" (
    "turn_id" TEXT NOT NULL CONSTRAINT "pk_turn_embeddings" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "embedding_model" TEXT NOT NULL,
    "embedding" BLOB NOT NULL,
    "embedding_code" BLOB NOT NULL,
    CONSTRAINT "fk_turn_embeddings_conversation_history_turn_id" FOREIGN KEY ("turn_id") REFERENCES "conversation_history" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_turn_embeddings_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "search_documents" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_search_documents" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "turn_id" TEXT NULL,
    "memory_item_id" TEXT NULL,
    "terms" TEXT NOT NULL,
    "terms_version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "fk_search_documents_memory_items_memory_item_id" FOREIGN KEY ("memory_item_id") REFERENCES "memory_items" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_search_documents_turns_turn_id" FOREIGN KEY ("turn_id") REFERENCES "conversation_history" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_search_documents_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);

CREATE TABLE "turn_memories" (
    "position" INTEGER NOT NULL,
    "turn_id" TEXT NOT NULL,
    "memory_item_id" TEXT NULL,
    "from_item" INTEGER NOT NULL,
    "source_turn_id" TEXT NULL,
    CONSTRAINT "pk_turn_memories" PRIMARY KEY ("turn_id", "position"),
    CONSTRAINT "fk_turn_memories_conversation_history_source_turn_id" FOREIGN KEY ("source_turn_id") REFERENCES "conversation_history" ("id") ON DELETE SET NULL,
    CONSTRAINT "fk_turn_memories_conversation_history_turn_id" FOREIGN KEY ("turn_id") REFERENCES "conversation_history" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_turn_memories_memory_items_memory_item_id" FOREIGN KEY ("memory_item_id") REFERENCES "memory_items" ("id") ON DELETE SET NULL
);

CREATE UNIQUE INDEX "ix_access_tokens_hash" ON "access_tokens" ("hash");

CREATE INDEX "ix_access_tokens_user_id" ON "access_tokens" ("user_id");

CREATE INDEX "ix_bug_reports_next_attempt_at" ON "bug_reports" ("next_attempt_at") WHERE status <> 'sent';

CREATE INDEX "ix_bug_reports_user_id_id" ON "bug_reports" ("user_id", "id");

CREATE UNIQUE INDEX "ix_conversation_user_id_external_id" ON "conversation" ("user_id", "external_id") WHERE external_id IS NOT NULL;

CREATE INDEX "ix_conversation_user_id_updated_at" ON "conversation" ("user_id", "updated_at");

CREATE INDEX "ix_conversation_history_conversation_id" ON "conversation_history" ("conversation_id") WHERE remembered_at IS NULL AND status = 'completed';

CREATE UNIQUE INDEX "ix_conversation_history_conversation_id_external_id" ON "conversation_history" ("conversation_id", "external_id") WHERE external_id IS NOT NULL;

CREATE INDEX "ix_conversation_history_conversation_id_id" ON "conversation_history" ("conversation_id", "id");

CREATE INDEX "ix_conversation_history_embedding_model_id" ON "conversation_history" ("embedding_model", "id") WHERE status = 'completed' AND recallable;

CREATE INDEX "ix_conversation_history_timestamp" ON "conversation_history" ("timestamp") WHERE status = 'pending';

CREATE INDEX "ix_conversation_history_user_id_id" ON "conversation_history" ("user_id", "id");

CREATE UNIQUE INDEX "ix_conversation_summary_conversation_id" ON "conversation_summary" ("conversation_id");

CREATE INDEX "ix_conversation_summary_rebuild" ON "conversation_summary" ("rebuild") WHERE rebuild;

CREATE INDEX "ix_conversation_summary_user_id" ON "conversation_summary" ("user_id");

CREATE UNIQUE INDEX "ix_discord_accounts_discord_user_id" ON "discord_accounts" ("discord_user_id");

CREATE UNIQUE INDEX "ix_discord_accounts_user_id" ON "discord_accounts" ("user_id");

CREATE INDEX "ix_discord_conversations_conversation_id" ON "discord_conversations" ("conversation_id");

CREATE UNIQUE INDEX "ix_discord_conversations_user_id_scope_key" ON "discord_conversations" ("user_id", "scope_key");

CREATE INDEX "ix_discord_questions_due_at" ON "discord_questions" ("due_at");

CREATE UNIQUE INDEX "ix_discord_questions_interaction_id" ON "discord_questions" ("interaction_id");

CREATE INDEX "ix_discord_questions_user_id" ON "discord_questions" ("user_id");

CREATE INDEX "ix_memory_items_conversation_id" ON "memory_items" ("conversation_id");

CREATE INDEX "ix_memory_items_embedding_model" ON "memory_items" ("embedding_model", "id");

CREATE INDEX "ix_memory_items_nearest" ON "memory_items" ("user_id", "embedding_model", "embedding_code") WHERE embedding_code IS NOT NULL;

CREATE INDEX "ix_memory_items_source_turn_id" ON "memory_items" ("source_turn_id");

CREATE INDEX "ix_memory_items_superseded_by" ON "memory_items" ("superseded_by");

CREATE UNIQUE INDEX "ix_memory_items_user_id_content_hash" ON "memory_items" ("user_id", "content_hash") WHERE valid_to IS NULL;

CREATE INDEX "ix_memory_items_user_id_id" ON "memory_items" ("user_id", "id");

CREATE INDEX "ix_memory_tombstones_user_id_content_hash" ON "memory_tombstones" ("user_id", "content_hash");

CREATE UNIQUE INDEX "ix_search_documents_memory_item_id" ON "search_documents" ("memory_item_id");

CREATE UNIQUE INDEX "ix_search_documents_turn_id" ON "search_documents" ("turn_id");

CREATE INDEX "ix_search_documents_user_id" ON "search_documents" ("user_id");

CREATE INDEX "ix_turn_embeddings_nearest" ON "turn_embeddings" ("user_id", "embedding_model", "embedding_code");

CREATE INDEX "ix_turn_memories_memory_item_id" ON "turn_memories" ("memory_item_id");

CREATE INDEX "ix_turn_memories_source_turn_id" ON "turn_memories" ("source_turn_id");

CREATE UNIQUE INDEX "ix_user_config_user_id" ON "user_config" ("user_id");

CREATE UNIQUE INDEX "ix_users_normalized_email" ON "users" ("normalized_email");

CREATE UNIQUE INDEX "ix_users_normalized_username" ON "users" ("normalized_username");

CREATE TABLE search_postings (
    user_id TEXT NOT NULL,
    term TEXT NOT NULL,
    document_id INTEGER NOT NULL,
    frequency INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (user_id, term, document_id)) WITHOUT ROWID;

CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents BEGIN INSERT INTO search_postings (user_id, term, document_id, frequency, length)
SELECT new.user_id, word.value, new.id, count(*), length(new.terms) - length(replace(new.terms, ' ', '')) + (new.terms <> '')
FROM (SELECT value FROM json_each('["' || replace(new.terms, ' ', '","') || '"]') WHERE value <> '' UNION ALL SELECT '') AS word
GROUP BY word.value; END;

CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN DELETE FROM search_postings
WHERE user_id = old.user_id AND document_id = old.id AND term IN (SELECT value FROM json_each('["' || replace(old.terms, ' ', '","') || '"]') WHERE value <> '' UNION ALL SELECT ''); END;

CREATE TRIGGER search_documents_updated AFTER UPDATE OF terms ON search_documents BEGIN DELETE FROM search_postings
WHERE user_id = old.user_id AND document_id = old.id AND term IN (SELECT value FROM json_each('["' || replace(old.terms, ' ', '","') || '"]') WHERE value <> '' UNION ALL SELECT ''); INSERT INTO search_postings (user_id, term, document_id, frequency, length)
SELECT new.user_id, word.value, new.id, count(*), length(new.terms) - length(replace(new.terms, ' ', '')) + (new.terms <> '')
FROM (SELECT value FROM json_each('["' || replace(new.terms, ' ', '","') || '"]') WHERE value <> '' UNION ALL SELECT '') AS word
GROUP BY word.value; END;

CREATE TRIGGER memory_items_edited AFTER UPDATE OF content ON memory_items WHEN old.content <> new.content BEGIN
    UPDATE memory_items SET embedding = NULL, embedding_code = NULL, embedding_model = NULL WHERE id = new.id;
END;

CREATE TRIGGER conversation_history_forgotten AFTER UPDATE OF recallable ON conversation_history
WHEN old.recallable AND NOT new.recallable BEGIN
    DELETE FROM turn_embeddings WHERE turn_id = new.id;
END;

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261127054808_Initial', '10.0.15');

COMMIT;

INSERT INTO users (id, created_at, is_administrator, username, normalized_username, email, normalized_email, email_confirmed, lockout_enabled, access_failed_count)
VALUES ('019A0000-0000-7000-8000-000000000001', '2026-05-01T11:00:00.0000000Z', 1, 'anna', 'ANNA', 'anna@example.org', 'ANNA@EXAMPLE.ORG', 0, 1, 0);
INSERT INTO user_config (id, user_id, temperature, speaches_enabled, theme, memory_key)
VALUES ('019A0000-0000-7000-8000-000000000002', '019A0000-0000-7000-8000-000000000001', 0.7, 0, 'system', zeroblob(32));
INSERT INTO conversation (conversation_id, user_id, title, platform, created_at, updated_at)
VALUES ('019A0000-0000-7000-8000-000000000003', '019A0000-0000-7000-8000-000000000001', 'Parrots', 'web', '2026-05-01T11:00:00.0000000Z', '2026-05-01T11:00:00.0000000Z');
INSERT INTO conversation_history (id, conversation_id, user_id, prompt, response, used_tokens, timestamp, status, failure_arguments, remembered_at, recallable)
VALUES ('019A0000-0000-7000-8000-000000000004', '019A0000-0000-7000-8000-000000000003', '019A0000-0000-7000-8000-000000000001', 'My parrot is called Kiki', 'What a nice name.', 10, '2026-05-01T11:00:00.0000000Z', 'completed', '[]', '2026-05-01T11:01:00.0000000Z', 1);
INSERT INTO memory_items (id, user_id, conversation_id, source_turn_id, kind, content, content_hash, salience, pinned, created_at, valid_from)
VALUES ('019A0000-0000-7000-8000-000000000005', '019A0000-0000-7000-8000-000000000001', '019A0000-0000-7000-8000-000000000003', '019A0000-0000-7000-8000-000000000004', 'fact', 'The parrot is called Kiki', '0000000000000000000000000000000000000000000000000000000000000000', 0.5, 0, '2026-05-01T11:01:00.0000000Z', '2026-05-01T11:01:00.0000000Z');
INSERT INTO search_documents (user_id, turn_id, memory_item_id, terms)
VALUES ('019A0000-0000-7000-8000-000000000001', '019A0000-0000-7000-8000-000000000004', NULL, 'parrot kiki'),
       ('019A0000-0000-7000-8000-000000000001', NULL, '019A0000-0000-7000-8000-000000000005', 'parrot kiki');
