package gatehouse.forms;

import gatehouse.forms.Form.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds up the counts of a form of numbers while its lines go by: of each community where there are several, and of all. */
final class FormSums {
    private final Form form;
    private final boolean ofCommunities;
    private final boolean ofAll;
    private final long[] community;
    private final long[] all;
    private @Nullable UUID communityId;
    private String communityName = "";

    FormSums(Form form, int compounds, int communities) {
        this.form = form;
        this.ofCommunities = form.content() == Content.NUMBERS && communities > 1;
        this.ofAll = form.content() == Content.NUMBERS && compounds > 1;
        this.community = new long[form.columns().size()];
        this.all = new long[form.columns().size()];
    }

    /** The sums that end what came before this community; called before the lines of each compound, whose communities follow each other. */
    List<List<Cell>> before(UUID id, String name) {
        var sums = id.equals(communityId) ? List.<List<Cell>>of() : ofCommunity();
        communityId = id;
        communityName = name;
        return sums;
    }

    void add(List<Cell> cells) {
        for (int i = 0; i < all.length; i++) {
            if (cells.get(i) instanceof Cell.Count(var value)) {
                community[i] += value;
                all[i] += value;
            }
        }
    }

    List<List<Cell>> atTheEnd() {
        var sums = new ArrayList<>(ofCommunity());
        if (ofAll) {
            sums.add(line(FormWords.SUM, "", all));
        }
        return sums;
    }

    private List<List<Cell>> ofCommunity() {
        if (!ofCommunities || communityId == null) {
            return List.of();
        }
        var sums = List.of(line(communityName, FormWords.SUM_OF_COMMUNITY, community));
        Arrays.fill(community, 0);
        return sums;
    }

    /** With an empty place for the state of the data, which the parts may not share. */
    private List<Cell> line(String first, String second, long[] counts) {
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < counts.length; i++) {
            cells.add(form.columns().get(i).kind() == Column.Kind.COUNT ? new Cell.Count(counts[i])
                    : new Cell.Text(i == 0 ? first : i == 1 ? second : ""));
        }
        cells.add(Cell.NOTHING);
        return cells;
    }
}
