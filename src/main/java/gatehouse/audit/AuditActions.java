package gatehouse.audit;

import gatehouse.audit.AuditChain.Head;
import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditStore.Chain;
import gatehouse.audit.AuditStore.Filter;
import gatehouse.audit.AuditStore.Named;
import gatehouse.audit.AuditStore.Place;
import gatehouse.audit.AuditStore.Told;
import gatehouse.audit.HeadsFile.Noted;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.TimePlace;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the chain, and finds where it is broken. */
final class AuditActions {
    static final String HEADS_FILE = "audit-heads.jsonl";
    private static final int LINKS_AT_ONCE = 1_000;

    private final Database database;
    private final AuditLog log;
    private final HeadsFile heads;

    AuditActions(Database database, AuditLog log, Path dataDirectory) {
        this.database = database;
        this.log = log;
        this.heads = new HeadsFile(dataDirectory.resolve(HEADS_FILE));
    }

    /** The first entry that is not as it was entered. */
    record Break(long number, AuditFault fault) {
    }

    /** {@code head} as it stood when the check began; {@code moved}: since it was last noted outside the database. */
    record Verification(Named compound, Head head, boolean moved, @Nullable Break broken) {
    }

    /** {@code health}: where the reader may know of somebody's health. */
    Page<Told> list(Scope scope, Scope health, Filter filter, Page.Request page) {
        var after = page.after() == null ? null : place(page.after());
        return Page.cut(AuditStore.list(database, scope, health, filter, page, after), page,
                told -> told.entry().at().toInstant() + "|" + told.entry().compoundId() + "|" + told.number());
    }

    /** Walks the whole chain of a compound. */
    Verification verify(Scope scope, UUID compoundId) {
        var compound = AuditStore.compound(database, scope, compoundId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var head = AuditStore.findHead(database, scope, compoundId).orElseGet(() -> new Head(0, AuditChain.BEGINNING));
        return verify(new Chain(compound, head), heads.newest().get(compoundId), true);
    }

    /** Every chain from its beginning. */
    List<Verification> verifyAll() {
        var newest = heads.newest();
        return chains(newest).stream().map(chain -> verify(chain, newest.get(chain.compound().id()), true)).toList();
    }

    /** Every chain from where it was last noted outside the database. */
    List<Verification> verifyNew() {
        var newest = heads.newest();
        return chains(newest).stream().map(chain -> verify(chain, newest.get(chain.compound().id()), false)).toList();
    }

    /** How a chain came back; {@code lost}: how many entries it had more when its head was last noted outside the database. */
    record CameBack(Verification verification, long lost) {
    }

    /**
     * After a restore: every chain from its beginning, whatever was noted. Sound ones get an entry that says so, and their heads are noted
     * anew, behind those of the time before.
     */
    List<CameBack> acceptRestored(OffsetDateTime takenAt, OffsetDateTime now) {
        var newest = heads.newest();
        var back = new ArrayList<CameBack>();
        var accepted = new ArrayList<Noted>();
        for (var chain : chains(newest)) {
            var compound = chain.compound().id();
            var noted = newest.get(compound);
            var verification = verify(chain, null, true);
            long lost = noted == null ? 0 : Math.max(0, noted.head().number() - chain.head().number());
            back.add(new CameBack(verification, lost));
            if (verification.broken() == null) {
                accepted.add(new Noted(compound, chain.head().number() == 0 ? chain.head() : entered(compound, takenAt, lost, now), now));
            }
        }
        heads.append(accepted);
        return back;
    }

    private Head entered(UUID compound, OffsetDateTime takenAt, long lost, OffsetDateTime now) {
        return database.transact(tx -> {
            log.append(tx, AuditEntry.of(compound, now, null, AuditAction.BACKUP_RESTORED, "compound", compound,
                    Map.of("takenAt", takenAt.toString(), "lost", Long.toString(lost))));
            return AuditStore.lockHead(tx, compound);
        });
    }

    /** Also those of which nothing is left but what was noted. */
    private List<Chain> chains(Map<UUID, Noted> newest) {
        var chains = new ArrayList<>(AuditStore.allChains(database));
        var gone = new TreeSet<>(newest.keySet());
        chains.forEach(chain -> gone.remove(chain.compound().id()));
        gone.forEach(compound -> chains.add(new Chain(new Named(compound, compound.toString()), new Head(0, AuditChain.BEGINNING))));
        return chains;
    }

    private Verification verify(Chain chain, @Nullable Noted lastNoted, boolean whole) {
        var noted = lastNoted == null || wasLostByRestore(chain, lastNoted) ? null : lastNoted;
        var compound = chain.compound().id();
        var scope = Scope.ofCompounds(List.of(compound));
        var beginning = new Head(0, AuditChain.BEGINNING);
        var start = noted == null || whole ? beginning : noted.head();
        var broken = noted == null ? null : againstNote(chain, noted.head());
        if (broken == null || whole) {
            var inside = walk(scope, compound, start, chain.head());
            // what is wrong inside says more than that the end is not the one that was noted
            broken = inside == null ? broken : inside;
        }
        return new Verification(chain.compound(), chain.head(), noted == null ? chain.head().number() > 0 : chain.head().number() != noted.head().number(),
                broken);
    }

    /**
     * Each process notes heads in its own folder, and a restore is another process: what was noted before a restore and lies behind it was
     * given up by the entry that tells of the restore, which is sealed as every other and walked from the beginning then. Of a chain of
     * which nothing came back any chain's entry tells.
     */
    private boolean wasLostByRestore(Chain chain, Noted noted) {
        return againstNote(chain, noted.head()) != null
                && AuditStore.tellsOfRestore(database, chain.compound().id(), noted.head().number(), noted.at(), chain.head().number() == 0);
    }

    private @Nullable Break againstNote(Chain chain, Head noted) {
        if (noted.number() == 0) {
            return null;
        }
        var hash = AuditStore.hashOf(database, chain.compound().id(), noted.number());
        if (hash.isEmpty() || chain.head().number() < noted.number()) {
            return new Break(chain.head().number() + 1, AuditFault.MISSING);
        }
        return MessageDigest.isEqual(hash.get(), noted.hash()) ? null : new Break(noted.number(), AuditFault.NOT_AS_NOTED);
    }

    private @Nullable Break walk(Scope scope, UUID compound, Head start, Head head) {
        long number = start.number();
        byte[] hash = start.hash();
        List<Link> links;
        do {
            links = AuditStore.links(database, scope, compound, number, LINKS_AT_ONCE);
            for (var link : links) {
                if (number == head.number()) {
                    // Appended since the head was read, or put there behind it; then the next check finds it.
                    break;
                }
                var fault = AuditChain.check(number + 1, hash, link, log.key(link.sealing().keyId()))
                        .or(() -> certificateFault(scope, link));
                if (fault.isPresent()) {
                    return new Break(number + 1, fault.get());
                }
                number = link.number();
                hash = link.hash();
            }
        } while (links.size() == LINKS_AT_ONCE && number < head.number());
        if (number < head.number()) {
            return new Break(number + 1, AuditFault.MISSING);
        }
        return MessageDigest.isEqual(hash, head.hash()) ? null : new Break(number, AuditFault.HEAD_ALTERED);
    }

    /** A certificate tells how much was blanked and from before which day; neither more nor younger words may be gone by it. */
    private Optional<AuditFault> certificateFault(Scope scope, Link link) {
        var entry = link.entry();
        if (!entry.action().equals(AuditAction.RETENTION_APPLIED.name())) {
            return Optional.empty();
        }
        var blanked = AuditStore.blankedBy(database, scope, entry.compoundId(), link.number());
        boolean fits = RetentionPolicy.fits(RetentionPolicy.Certificate.of(entry.details()), blanked.entries(), blanked.lastEntryAt(),
                blanked.reasons(), blanked.lastReasonAt());
        return fits ? Optional.empty() : Optional.of(AuditFault.UNCERTIFIED);
    }

    private static Place place(String cursor) {
        var parts = cursor.split("\\|", -1);
        if (parts.length != 3 || !parts[2].matches("[0-9]{1,18}")) {
            throw TimePlace.foreignCursor();
        }
        return new Place(TimePlace.time(parts[0]), TimePlace.id(parts[1]), Long.parseLong(parts[2]));
    }
}
