package gatehouse.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.simulation.MinuteBook.Expected;
import gatehouse.ticket.TicketDesk;
import gatehouse.ticket.TicketDesk.Act;
import gatehouse.ticket.TicketDesk.Seen;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Three thousand tickets of the month with the most holidays, in three compounds with a clock of their own: from 15 September 2026, over a Sunday
 * that is worked, Mid-Autumn, the end of the month, National Day and a Saturday that is worked, with nights, midnights, pauses, a change of a rule
 * and a day off that an office entered. Every deadline and every breach is counted beside it minute by minute, and compared.
 */
@Order(1)
class TicketMonthTest {
    private static final int COMPOUNDS = 3;
    private static final int TICKETS = 1_000;
    private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 9, 15, 0, 0);
    private static final int DAYS = 31;
    private static final int MINUTES_A_DAY = 1_440;
    private static final int JOB_EVERY_MINUTES = 240;
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final List<String[]> CATEGORIES = List.of(
            new String[] {"REPAIR", "WATER_BURST"}, new String[] {"REPAIR", "WATER_TAP"}, new String[] {"REPAIR", "ELECTRICITY"},
            new String[] {"REPAIR", "LIGHTING"}, new String[] {"REPAIR", "DOORS"}, new String[] {"REPAIR", "LIFT"}, new String[] {"REPAIR", "HEATING"},
            new String[] {"REPAIR", "OTHER_REPAIRS"}, new String[] {"COMPLAINT", "NOISE"}, new String[] {"COMPLAINT", "PARKING"},
            new String[] {"ENQUIRY", "HOW_TO"}, new String[] {"ENQUIRY", "OTHER_AUTHORITY"}, new String[] {"SUGGESTION", "SUGGESTIONS"});

    private enum Deed { SUBMIT, ASSIGN, ARRIVE, PAUSE, RESUME, FINISH, CONFIRM, REOPEN, CANCEL, JOB, RULE, DAY_OFF }

    /** Something that is going to happen at a minute of the month; {@code ticket}: its number in the plan. */
    private record Turn(int minute, int order, Deed deed, int ticket) {
    }

    @Test
    void month_ofThreeThousandTickets_keepsEveryDeadline() throws Exception {
        try (var threads = Executors.newFixedThreadPool(COMPOUNDS)) {
            var months = new ArrayList<Callable<Month>>();
            for (int i = 0; i < COMPOUNDS; i++) {
                int seed = 20260915 + i;
                months.add(() -> new Month(seed).play());
            }
            var wrong = new ArrayList<String>();
            int late = 0;
            int paused = 0;
            for (var played : threads.invokeAll(months)) {
                var month = played.get();
                wrong.addAll(month.wrong);
                late += month.late;
                paused += month.paused;
            }
            assertEquals(List.of(), wrong.stream().limit(20).toList(), wrong.size() + " differ");
            assertTrue(late > 200 && paused > 300, "the month was not as quiet as that: %d late, %d paused".formatted(late, paused));
        }
    }

    /** A month of one compound. */
    private static final class Month {
        private final Random random;
        private final PriorityQueue<Turn> plan = new PriorityQueue<>(Comparator.comparingInt(Turn::minute).thenComparingInt(Turn::order));
        private final List<MinuteBook> books = new ArrayList<>();
        private final List<Seen> tickets = new ArrayList<>();
        private final MinuteBook.Calendar calendar = new MinuteBook.Calendar(BEGIN.toLocalDate(), DAYS + 60);
        private final List<String> wrong = new ArrayList<>();
        private int late;
        private int paused;
        private int order;

        Month(int seed) {
            random = new Random(seed);
            for (int i = 0; i < TICKETS; i++) {
                books.add(null);
                tickets.add(null);
                // a third of them within the hour around the end of the day's service or around midnight
                int day = random.nextInt(DAYS);
                int minute = switch (random.nextInt(6)) {
                    case 0 -> 22 * 60 - 30 + random.nextInt(60);
                    case 1 -> (random.nextBoolean() ? 0 : MINUTES_A_DAY - 30) + random.nextInt(30);
                    default -> random.nextInt(MINUTES_A_DAY);
                };
                add(day * MINUTES_A_DAY + minute, Deed.SUBMIT, i);
            }
            for (int minute = JOB_EVERY_MINUTES; minute < DAYS * MINUTES_A_DAY; minute += JOB_EVERY_MINUTES) {
                add(minute, Deed.JOB, -1);
            }
            add(10 * MINUTES_A_DAY + 9 * 60 + 7, Deed.DAY_OFF, -1);
            add(14 * MINUTES_A_DAY + 10 * 60 + 11, Deed.RULE, -1);
        }

        private void add(int minute, Deed deed, int ticket) {
            plan.add(new Turn(minute, order++, deed, ticket));
        }

        Month play() {
            try (var desk = new TicketDesk(BEGIN.atOffset(CHINA).toString())) {
                for (var turn = plan.poll(); turn != null && turn.minute < DAYS * MINUTES_A_DAY; turn = plan.poll()) {
                    desk.clock().set(BEGIN.plusMinutes(turn.minute).atOffset(CHINA).toString());
                    take(desk, turn);
                }
                desk.clock().set(BEGIN.plusDays(DAYS).atOffset(CHINA).toString());
                desk.keepTime();
                books.forEach(book -> book.look(DAYS * MINUTES_A_DAY));
                var numbers = new HashSet<String>();
                for (int i = 0; i < TICKETS; i++) {
                    compare(desk.find(tickets.get(i).id()), books.get(i));
                    numbers.add(tickets.get(i).number());
                }
                assertEquals(TICKETS, numbers.size(), "a number is given once");
                numbersFollowEachOther();
            }
            return this;
        }

        private void take(TicketDesk desk, Turn turn) {
            switch (turn.deed) {
                case SUBMIT -> submit(desk, turn);
                case JOB -> keepTime(desk, turn.minute);
                case RULE -> {
                    desk.setPolicy("publicDoorsDoneWithin", 4);
                    calendar.doorsDays = 4;
                    change(desk, turn.minute);
                }
                case DAY_OFF -> {
                    desk.setDay(LocalDate.of(2026, 9, 29), false);
                    calendar.close(LocalDate.of(2026, 9, 29));
                    change(desk, turn.minute);
                }
                case ASSIGN, ARRIVE, PAUSE, RESUME, FINISH, CONFIRM, REOPEN, CANCEL -> act(desk, turn);
            }
        }

        private void keepTime(TicketDesk desk, int minute) {
            desk.keepTime();
            books.stream().filter(Objects::nonNull).forEach(book -> book.look(minute));
        }

        /** Deadlines are computed anew before anything is found to be late. */
        private void change(TicketDesk desk, int minute) {
            desk.keepTime();
            books.stream().filter(Objects::nonNull).forEach(book -> {
                book.recount();
                book.look(minute);
            });
        }

        private void submit(TicketDesk desk, Turn turn) {
            var category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
            var urgency = category[0].equals("REPAIR") && random.nextInt(20) == 0 ? "EMERGENCY" : "NORMAL";
            var seen = desk.submit(category[0], category[1], random.nextBoolean(), urgency);
            tickets.set(turn.ticket, seen);
            var book = new MinuteBook(calendar, seen.level(), turn.minute);
            books.set(turn.ticket, book);
            compareDue(seen, book);
            if (random.nextInt(25) == 0) {
                add(turn.minute + 1 + random.nextInt(500), Deed.CANCEL, turn.ticket);
            } else if (random.nextInt(12) != 0) {
                add(turn.minute + 1 + random.nextInt(random.nextInt(4) == 0 ? 900 : 30), Deed.ASSIGN, turn.ticket);
            }
        }

        private void act(TicketDesk desk, Turn turn) {
            var id = tickets.get(turn.ticket).id();
            var book = books.get(turn.ticket);
            book.look(turn.minute);
            var seen = switch (turn.deed) {
                case ASSIGN -> desk.assign(id);
                case CONFIRM, REOPEN, CANCEL -> desk.byResident(id, new Act(turn.deed.name(), null, turn.deed == Deed.CONFIRM ? 4 : null));
                case ARRIVE, PAUSE, RESUME, FINISH -> desk.byRepairman(id, new Act(turn.deed.name(), null, null));
                case SUBMIT, JOB, RULE, DAY_OFF -> throw new IllegalStateException("not of one ticket");
            };
            switch (turn.deed) {
                case ARRIVE -> book.arrive();
                case PAUSE -> book.pause(turn.minute);
                case RESUME -> book.resume(turn.minute);
                case FINISH, CANCEL -> book.finish();
                case REOPEN -> book.reopen(turn.minute);
                default -> { }
            }
            compareDue(seen, book);
            follow(turn);
        }

        /** What comes of it, some time later. */
        private void follow(Turn turn) {
            int soon = turn.minute + 1 + random.nextInt(60);
            int later = turn.minute + 1 + random.nextInt(random.nextInt(3) == 0 ? 9_000 : 700);
            switch (turn.deed) {
                case ASSIGN -> {
                    if (random.nextInt(4) == 0) {
                        add(soon, Deed.PAUSE, turn.ticket);
                    } else {
                        add(soon, Deed.ARRIVE, turn.ticket);
                    }
                }
                case PAUSE -> {
                    paused++;
                    add(turn.minute + 1 + random.nextInt(random.nextInt(3) == 0 ? 10 * MINUTES_A_DAY : 2_000), Deed.RESUME, turn.ticket);
                }
                case RESUME -> add(random.nextInt(5) == 0 ? soon + 300 : soon, random.nextInt(6) == 0 ? Deed.PAUSE : Deed.ARRIVE, turn.ticket);
                case ARRIVE -> add(later, random.nextInt(6) == 0 ? Deed.PAUSE : Deed.FINISH, turn.ticket);
                case FINISH -> {
                    int chance = random.nextInt(10);
                    if (chance == 0) {
                        add(turn.minute + 1 + random.nextInt(4_000), Deed.REOPEN, turn.ticket);
                    } else if (chance < 7) {
                        add(turn.minute + 1 + random.nextInt(4_000), Deed.CONFIRM, turn.ticket);
                    }
                }
                case REOPEN -> add(soon, Deed.ARRIVE, turn.ticket);
                default -> { }
            }
        }

        private void compareDue(Seen seen, MinuteBook book) {
            var expected = book.expected();
            same(seen, "on site", time(expected.onSiteDue()), seen.onSiteDueAt() == null ? null : seen.onSiteDueAt().toLocalDateTime());
            same(seen, "done", time(expected.doneDue()), seen.doneDueAt().toLocalDateTime());
        }

        private void compare(Seen seen, MinuteBook book) {
            compareDue(seen, book);
            Expected expected = book.expected();
            same(seen, "late since", time(expected.lateSince()), seen.breachedAt() == null ? null : seen.breachedAt().toLocalDateTime());
            same(seen, "late with", expected.lateWith(), seen.breach());
            late += seen.breach() == null ? 0 : 1;
        }

        private static LocalDateTime time(Integer minute) {
            return minute == null ? null : BEGIN.plusMinutes(minute);
        }

        private void same(Seen seen, String what, Object expected, Object found) {
            if (!Objects.equals(expected, found)) {
                wrong.add("%s %s %s: counted %s, found %s".formatted(seen.number(), seen.level(), what, expected, found));
            }
        }

        private void numbersFollowEachOther() {
            var last = new TreeMap<String, Integer>();
            tickets.stream().map(Seen::number).sorted().forEach(number -> {
                int dash = number.lastIndexOf('-');
                int next = Integer.parseInt(number.substring(dash + 1));
                assertEquals(last.getOrDefault(number.substring(0, dash), 0) + 1, next, number);
                last.put(number.substring(0, dash), next);
            });
        }
    }
}
