package gatehouse.delivery;

/** What guards and the office say of a parcel; everything else follows from an act of its own. */
enum ParcelAct {
    SORT(ParcelEvent.SORT), MOVE(ParcelEvent.MOVE), HAND_OVER(ParcelEvent.HAND_OVER), RETURN(ParcelEvent.RETURN), LOSE(ParcelEvent.LOSE),
    DAMAGE(ParcelEvent.DAMAGE), FIND(ParcelEvent.FIND);

    private final ParcelEvent event;

    ParcelAct(ParcelEvent event) {
        this.event = event;
    }

    ParcelEvent event() {
        return event;
    }
}
