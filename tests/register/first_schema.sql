-- A small register of the first schema (0001), as sqlite3 dumps it. It stays as it is: migrations are tested from it.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE blob (
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
);
INSERT INTO "blob" VALUES('a39a85d69b346ec0f7684a7c152ec63fd82edec6b873d790c662b7041faaca73',187);
INSERT INTO "blob" VALUES('8a867694971d6127a75be38b7bdb069275efdb3e6c0c2ebe45f985cb55f46fee',187);
CREATE TABLE blob_data (
	sha256 VARCHAR(64) NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_blob_data PRIMARY KEY (sha256), 
	CONSTRAINT fk_blob_data_sha256 FOREIGN KEY(sha256) REFERENCES blob (sha256)
);
CREATE TABLE capture (
	id INTEGER NOT NULL, 
	document_id VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	raw_sha256 VARCHAR(64) NOT NULL, 
	media_type TEXT NOT NULL, 
	address TEXT NOT NULL, 
	canonical TEXT, 
	archived TEXT, 
	"key" TEXT, 
	collected VARCHAR(40) NOT NULL, 
	method VARCHAR(40) NOT NULL, 
	collector TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	extractor TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	CONSTRAINT pk_capture PRIMARY KEY (id), 
	CONSTRAINT fk_capture_document_id_version FOREIGN KEY(document_id, version) REFERENCES version (document_id, number), 
	CONSTRAINT fk_capture_raw_sha256 FOREIGN KEY(raw_sha256) REFERENCES blob (sha256), 
	CONSTRAINT uq_capture_document_id_version_raw_sha256 UNIQUE (document_id, version, raw_sha256)
);
INSERT INTO "capture" VALUES(1,'855bcb1efc1bdd1b',1,'a39a85d69b346ec0f7684a7c152ec63fd82edec6b873d790c662b7041faaca73','text/html','https://example.org/0',NULL,NULL,NULL,'2024-05-06T07:08:09+00:00','fetch','test 1','{}','test 1','[]');
INSERT INTO "capture" VALUES(2,'18c17418f5ad82f0',1,'8a867694971d6127a75be38b7bdb069275efdb3e6c0c2ebe45f985cb55f46fee','text/html','https://example.org/1',NULL,NULL,NULL,'2024-05-06T07:08:09+00:00','fetch','test 1','{}','test 1','[]');
CREATE TABLE claim (
	id VARCHAR(40) NOT NULL, 
	document_id VARCHAR(16) NOT NULL, 
	number INTEGER NOT NULL, 
	first_reading INTEGER NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (id), 
	CONSTRAINT fk_claim_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_claim_first_reading FOREIGN KEY(first_reading) REFERENCES reading (id), 
	CONSTRAINT uq_claim_document_id_number UNIQUE (document_id, number)
);
INSERT INTO "claim" VALUES('855bcb1efc1bdd1b.1','855bcb1efc1bdd1b',1,1);
INSERT INTO "claim" VALUES('18c17418f5ad82f0.1','18c17418f5ad82f0',1,2);
CREATE TABLE confirmation (
	reading_id INTEGER NOT NULL, 
	reader TEXT NOT NULL, 
	read_at VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_confirmation PRIMARY KEY (reading_id, reader), 
	CONSTRAINT fk_confirmation_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id)
);
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	claim_id VARCHAR(40) NOT NULL, 
	reading_id INTEGER NOT NULL, 
	verdict VARCHAR(10) NOT NULL, 
	value TEXT, 
	undoes INTEGER, 
	who TEXT NOT NULL, 
	why TEXT NOT NULL, 
	decided_at VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT fk_decision_reading_id_claim_id FOREIGN KEY(reading_id, claim_id) REFERENCES proposal (reading_id, claim_id), 
	CONSTRAINT fk_decision_undoes FOREIGN KEY(undoes) REFERENCES decision (id), 
	CONSTRAINT uq_decision_undoes UNIQUE (undoes)
);
INSERT INTO "decision" VALUES(1,'855bcb1efc1bdd1b.1',1,'correct','{"status":"uncertain"}',NULL,'Rana','left open','2026-11-25T17:14:19.434778+00:00');
CREATE TABLE document (
	id VARCHAR(16) NOT NULL, 
	identity TEXT NOT NULL, 
	current_version INTEGER NOT NULL, 
	current_reading INTEGER, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT uq_document_identity UNIQUE (identity)
);
INSERT INTO "document" VALUES('855bcb1efc1bdd1b','https://example.org/0',1,1);
INSERT INTO "document" VALUES('18c17418f5ad82f0','https://example.org/1',1,2);
CREATE TABLE log (
	number INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	who TEXT NOT NULL, 
	action VARCHAR(20) NOT NULL, 
	subject TEXT NOT NULL, 
	why TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_log PRIMARY KEY (number)
);
INSERT INTO "log" VALUES(1,'2026-11-25T17:14:19.368111+00:00','Rana','init','','','{"before":null,"program":"marsad 0.1.0","schema":"0001"}','0000000000000000000000000000000000000000000000000000000000000000','352cc1f0fa53944b3a0f88f5d4ec3ad88a4b713c10b39f88206bad5a782163a0');
INSERT INTO "log" VALUES(2,'2026-11-25T17:14:19.406513+00:00','Rana','import','855bcb1efc1bdd1b','first schema','{"address":"https://example.org/0","capture":1,"digest":"97b9a3ed2187ae7117260e3b8c7d5733785f7b4411ccd74f0ec8ec48500a9d41","raw":"a39a85d69b346ec0f7684a7c152ec63fd82edec6b873d790c662b7041faaca73","size":187,"text":"95e574453ef73711955550b1dd197f6813a9c025e7e3a1054d51f2e113e2e7b5","version":1,"version_digest":"1dcafdc9901073a8e47f400a6940ba733b977b665163d32192367406719213a9"}','352cc1f0fa53944b3a0f88f5d4ec3ad88a4b713c10b39f88206bad5a782163a0','446b59e2ab0588eed64a03021fc70963c9b651c70795277fea8237ccfee8ec6a');
INSERT INTO "log" VALUES(3,'2026-11-25T17:14:19.406513+00:00','Rana','reading','855bcb1efc1bdd1b','first schema','{"claims":1,"digest":"f1eb9be606abbfe8b9936f089221342aeec6d27b609e03745f31f9362f8a72da","reader":"marsad 0.1.0+000000000000","reading":1,"version":1}','446b59e2ab0588eed64a03021fc70963c9b651c70795277fea8237ccfee8ec6a','fbf24afcc5c5f76ddba2faa797a96fe8c8807cebdf1769eaf1240838b3bf3fde');
INSERT INTO "log" VALUES(4,'2026-11-25T17:14:19.428588+00:00','Rana','import','18c17418f5ad82f0','first schema','{"address":"https://example.org/1","capture":2,"digest":"7af33da7b5ac277f3d07c8b21397459bddcd153209bd362628fd285dbd99c6b4","raw":"8a867694971d6127a75be38b7bdb069275efdb3e6c0c2ebe45f985cb55f46fee","size":187,"text":"bdd332025cbfda2a23208a88a3da47e2563771dec8ad0851c3d46fd46583a168","version":1,"version_digest":"e6001465c3a58cc6b8362d9c7eac1ab69d42ff971104bd97e1d471abb2428986"}','fbf24afcc5c5f76ddba2faa797a96fe8c8807cebdf1769eaf1240838b3bf3fde','d7b763f099e3ff240d58a496208080d65c5286e213f90ce69ac2d15f01b50f7f');
INSERT INTO "log" VALUES(5,'2026-11-25T17:14:19.428588+00:00','Rana','reading','18c17418f5ad82f0','first schema','{"claims":1,"digest":"e7f973f5ed564772fa31e09f76dbf517f931b4618497e51d01bf3719001b23ef","reader":"marsad 0.1.0+000000000000","reading":2,"version":1}','d7b763f099e3ff240d58a496208080d65c5286e213f90ce69ac2d15f01b50f7f','a0e087ec75619c45ef4ad7e84b40c83f2f5603f465986d43fbd242429ee10ec4');
INSERT INTO "log" VALUES(6,'2026-11-25T17:14:19.435523+00:00','Rana','decision','855bcb1efc1bdd1b.1','left open','{"decision":1,"digest":"cd2e64f38a723b736f77f34369976a1725aa85661a103c2f98b53f9b455c7294","verdict":"correct"}','a0e087ec75619c45ef4ad7e84b40c83f2f5603f465986d43fbd242429ee10ec4','38a2eab85ea713f6b5598dc5b49e374fc0ff6346953e7b77112e4c8a9d92009a');
INSERT INTO "log" VALUES(7,'2026-11-25T17:14:19.441498+00:00','Rana','pin','own:1','asked locally','{"digest":"16152c6bcc1c241bf0f3540c1c1eef0c290701224d6b379333ea9a3c059ba088","pin":1}','38a2eab85ea713f6b5598dc5b49e374fc0ff6346953e7b77112e4c8a9d92009a','f42b2b44a9527b54a7bb20e840ebe56aeb56d365d3ffa18b1e0bcd5bc5690f99');
CREATE TABLE pin (
	id INTEGER NOT NULL, 
	removes INTEGER, 
	place TEXT NOT NULL, 
	names TEXT NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	parent TEXT NOT NULL, 
	latitude DOUBLE, 
	longitude DOUBLE, 
	who TEXT NOT NULL, 
	why TEXT NOT NULL, 
	pinned_at VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_pin PRIMARY KEY (id), 
	CONSTRAINT fk_pin_removes FOREIGN KEY(removes) REFERENCES pin (id), 
	CONSTRAINT uq_pin_removes UNIQUE (removes)
);
INSERT INTO "pin" VALUES(1,NULL,'own:1','["أم الورود"]','village','SY','',35.5,36.5,'Rana','asked locally','2026-11-25T17:14:19.436550+00:00');
CREATE TABLE proposal (
	reading_id INTEGER NOT NULL, 
	claim_id VARCHAR(40) NOT NULL, 
	position INTEGER NOT NULL, 
	type VARCHAR(60) NOT NULL, 
	scope VARCHAR(20) NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	date_start VARCHAR(10), 
	date_end VARCHAR(10), 
	place TEXT, 
	country VARCHAR(2), 
	latitude DOUBLE, 
	longitude DOUBLE, 
	gazetteer TEXT, 
	body TEXT NOT NULL, 
	why TEXT NOT NULL, 
	CONSTRAINT pk_proposal PRIMARY KEY (reading_id, claim_id), 
	CONSTRAINT fk_proposal_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id), 
	CONSTRAINT fk_proposal_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
);
INSERT INTO "proposal" VALUES(1,'855bcb1efc1bdd1b.1',0,'shelling_artillery_missile','event','asserted','2024-05-05','2024-05-05','أم الورود','SY',35.5,36.5,'own:7','{"date":{"end":"2024-05-05","evidence":[{"end":23,"start":20,"text":"قصف"}],"precision":"day","start":"2024-05-05"},"document":"855bcb1efc1bdd1b","harm":[{"evidence":[{"end":23,"start":20,"text":"قصف"}],"group":null,"including":[],"kind":"killed","max":3,"min":3,"status":"civilian"}],"id":"855bcb1efc1bdd1b.1","perpetrators":[],"place":{"bearing":null,"class":"village","country":"SY","evidence":[{"end":23,"start":20,"text":"قصف"}],"gazetteer":"own:7","latitude":35.5,"longitude":36.5,"name":"أم الورود","precision":"settlement","within":[]},"scope":"event","sites":[],"sources":[],"status":"asserted","targets":[],"trigger":[{"end":23,"start":20,"text":"قصف"}],"type":"shelling_artillery_missile","weapons":[]}','{}');
INSERT INTO "proposal" VALUES(2,'18c17418f5ad82f0.1',0,'shelling_artillery_missile','event','asserted','2024-05-05','2024-05-05','أم الورود','SY',35.5,36.5,'own:7','{"date":{"end":"2024-05-05","evidence":[{"end":23,"start":20,"text":"قصف"}],"precision":"day","start":"2024-05-05"},"document":"18c17418f5ad82f0","harm":[{"evidence":[{"end":23,"start":20,"text":"قصف"}],"group":null,"including":[],"kind":"killed","max":3,"min":3,"status":"civilian"}],"id":"18c17418f5ad82f0.1","perpetrators":[],"place":{"bearing":null,"class":"village","country":"SY","evidence":[{"end":23,"start":20,"text":"قصف"}],"gazetteer":"own:7","latitude":35.5,"longitude":36.5,"name":"أم الورود","precision":"settlement","within":[]},"scope":"event","sites":[],"sources":[],"status":"asserted","targets":[],"trigger":[{"end":23,"start":20,"text":"قصف"}],"type":"shelling_artillery_missile","weapons":[]}','{}');
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	document_id VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	reader TEXT NOT NULL, 
	read_at VARCHAR(40) NOT NULL, 
	claims INTEGER NOT NULL, 
	error TEXT, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (id), 
	CONSTRAINT fk_reading_document_id_version FOREIGN KEY(document_id, version) REFERENCES version (document_id, number)
);
INSERT INTO "reading" VALUES(1,'855bcb1efc1bdd1b',1,'marsad 0.1.0+000000000000','2026-11-25T17:14:19.397521+00:00',1,NULL,'84538b029fbf8e3bc950d823cb49be16ba0677f8adb1c944b164292c53f913c9');
INSERT INTO "reading" VALUES(2,'18c17418f5ad82f0',1,'marsad 0.1.0+000000000000','2026-11-25T17:14:19.426920+00:00',1,NULL,'162a5657dc0ffa6a7c0602530d50d1b8053ee3e9d044aef51faa1208be848917');
CREATE TABLE setting (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE text_body (
	sha256 VARCHAR(64) NOT NULL, 
	length INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_text_body PRIMARY KEY (sha256)
);
INSERT INTO "text_body" VALUES('95e574453ef73711955550b1dd197f6813a9c025e7e3a1054d51f2e113e2e7b5',101,'قتل ثلاثة مدنيين في قصف على قرية أم الورود صباح الأحد، وأصيب اثنان في تفجير قرب السوق. التقرير رقم 0.');
INSERT INTO "text_body" VALUES('bdd332025cbfda2a23208a88a3da47e2563771dec8ad0851c3d46fd46583a168',101,'قتل ثلاثة مدنيين في قصف على قرية أم الورود صباح الأحد، وأصيب اثنان في تفجير قرب السوق. التقرير رقم 1.');
CREATE TABLE version (
	document_id VARCHAR(16) NOT NULL, 
	number INTEGER NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	text_sha256 VARCHAR(64) NOT NULL, 
	title TEXT NOT NULL, 
	published VARCHAR(10), 
	published_from VARCHAR(20), 
	publisher TEXT, 
	author TEXT, 
	language VARCHAR(20), 
	CONSTRAINT pk_version PRIMARY KEY (document_id, number), 
	CONSTRAINT fk_version_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_version_text_sha256 FOREIGN KEY(text_sha256) REFERENCES text_body (sha256), 
	CONSTRAINT uq_version_document_id_fingerprint UNIQUE (document_id, fingerprint)
);
INSERT INTO "version" VALUES('855bcb1efc1bdd1b',1,'7122276f3af4f361c92436d70f34b804e0e04a1f6421e53ad489363927156cc5','95e574453ef73711955550b1dd197f6813a9c025e7e3a1054d51f2e113e2e7b5','خبر 0','2024-05-05','metadata','وكالة المثال',NULL,'ar');
INSERT INTO "version" VALUES('18c17418f5ad82f0',1,'392125b9b76332b39b3a8ce82dcf05f41dce8f90c5dcadbafc045e4f3a11725f','bdd332025cbfda2a23208a88a3da47e2563771dec8ad0851c3d46fd46583a168','خبر 1','2024-05-05','metadata','وكالة المثال',NULL,'ar');
CREATE INDEX ix_version_text_sha256 ON version (text_sha256);
CREATE INDEX ix_version_published ON version (published);
CREATE INDEX ix_reading_document_id_version ON reading (document_id, version);
CREATE INDEX ix_claim_document_id ON claim (document_id);
CREATE INDEX ix_proposal_claim_id ON proposal (claim_id);
CREATE INDEX ix_proposal_type ON proposal (type);
CREATE INDEX ix_proposal_date_start ON proposal (date_start);
CREATE INDEX ix_proposal_country ON proposal (country);
CREATE INDEX ix_decision_claim_id ON decision (claim_id);
CREATE INDEX ix_log_at ON log (at);
CREATE INDEX ix_log_action ON log (action);
CREATE INDEX ix_log_subject ON log (subject);
CREATE TRIGGER blob_no_update before update on blob begin select raise(abort, 'the table blob of the register is append-only'); end;
CREATE TRIGGER blob_no_delete before delete on blob begin select raise(abort, 'the table blob of the register is append-only'); end;
CREATE TRIGGER blob_data_no_update before update on blob_data begin select raise(abort, 'the table blob_data of the register is append-only'); end;
CREATE TRIGGER blob_data_no_delete before delete on blob_data begin select raise(abort, 'the table blob_data of the register is append-only'); end;
CREATE TRIGGER text_body_no_update before update on text_body begin select raise(abort, 'the table text_body of the register is append-only'); end;
CREATE TRIGGER text_body_no_delete before delete on text_body begin select raise(abort, 'the table text_body of the register is append-only'); end;
CREATE TRIGGER version_no_update before update on version begin select raise(abort, 'the table version of the register is append-only'); end;
CREATE TRIGGER version_no_delete before delete on version begin select raise(abort, 'the table version of the register is append-only'); end;
CREATE TRIGGER capture_no_update before update on capture begin select raise(abort, 'the table capture of the register is append-only'); end;
CREATE TRIGGER capture_no_delete before delete on capture begin select raise(abort, 'the table capture of the register is append-only'); end;
CREATE TRIGGER reading_no_update before update on reading begin select raise(abort, 'the table reading of the register is append-only'); end;
CREATE TRIGGER reading_no_delete before delete on reading begin select raise(abort, 'the table reading of the register is append-only'); end;
CREATE TRIGGER confirmation_no_update before update on confirmation begin select raise(abort, 'the table confirmation of the register is append-only'); end;
CREATE TRIGGER confirmation_no_delete before delete on confirmation begin select raise(abort, 'the table confirmation of the register is append-only'); end;
CREATE TRIGGER claim_no_update before update on claim begin select raise(abort, 'the table claim of the register is append-only'); end;
CREATE TRIGGER claim_no_delete before delete on claim begin select raise(abort, 'the table claim of the register is append-only'); end;
CREATE TRIGGER proposal_no_update before update on proposal begin select raise(abort, 'the table proposal of the register is append-only'); end;
CREATE TRIGGER proposal_no_delete before delete on proposal begin select raise(abort, 'the table proposal of the register is append-only'); end;
CREATE TRIGGER decision_no_update before update on decision begin select raise(abort, 'the table decision of the register is append-only'); end;
CREATE TRIGGER decision_no_delete before delete on decision begin select raise(abort, 'the table decision of the register is append-only'); end;
CREATE TRIGGER pin_no_update before update on pin begin select raise(abort, 'the table pin of the register is append-only'); end;
CREATE TRIGGER pin_no_delete before delete on pin begin select raise(abort, 'the table pin of the register is append-only'); end;
CREATE TRIGGER log_no_update before update on log begin select raise(abort, 'the table log of the register is append-only'); end;
CREATE TRIGGER log_no_delete before delete on log begin select raise(abort, 'the table log of the register is append-only'); end;
CREATE TRIGGER document_no_update before update of id, identity on document begin select raise(abort, 'the table document of the register is append-only'); end;
CREATE TRIGGER document_no_delete before delete on document begin select raise(abort, 'the table document of the register is append-only'); end;
COMMIT;
