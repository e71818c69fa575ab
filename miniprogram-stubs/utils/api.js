/*
 * The API, one function for each operation of the contract, named by its operationId. Written from the contract by the program
 * gatehouse.miniprogram.ApiFile of the tests; a test keeps the two in step, so change the contract and run it, not this file.
 *
 * `params` are those of path and query, `body` what is sent, `filePath` a photo on the phone, `options` those of utils/request.js. A name with
 * a question mark may be left out. Every function gives a promise of what is answered (a download: of a temporary file's path).
 */
const { call, download, stream, upload } = require('./request.js');

/* ---- identity ---- */

/**
 * Log in with phone and password.
 * @param body {phone, password}
 */
exports.logIn = (body, options) => call('POST', '/auth/login', { body, open: true }, options);

/**
 * Make an account by a household's invitation code.
 * @param body {inviteCode, name, phone, password?, bindingToken?}
 */
exports.activateAccount = (body, options) => call('POST', '/auth/activate', { body, keyed: true, open: true }, options);

/**
 * Set a new password by a code that was given face to face, and log in.
 * @param body {phone, code, newPassword}
 */
exports.useResetCode = (body, options) => call('POST', '/auth/reset', { body, open: true }, options);

/**
 * Get new tokens; the refresh token rotates.
 * @param body {refreshToken}
 */
exports.refreshSession = (body, options) => call('POST', '/auth/refresh', { body, open: true }, options);

/** End this session, at once everywhere. */
exports.logOut = (options) => call('POST', '/auth/logout', {}, options);

/**
 * Change one's own password; all other sessions end.
 * @param body {password, newPassword}
 */
exports.changePassword = (body, options) => call('PUT', '/auth/password', { body }, options);

/** Who I am, what I may do and where. */
exports.getMe = (options) => call('GET', '/me', {}, options);

/**
 * Make a new invitation code for a household's door card; the one before is void.
 * @param params {id}
 */
exports.inviteHousehold = (params, options) => call('POST', '/households/{id}/invite', { params, keyed: true }, options);

/**
 * Accounts of staff and residents, with their roles.
 * @param params {q?, role?, limit?, cursor?}
 */
exports.listAccounts = (params, options) => call('GET', '/accounts', { params }, options);

/**
 * Make an account for a member of staff.
 * @param body {name, phone, password, grants}
 */
exports.createAccount = (body, options) => call('POST', '/accounts', { body, keyed: true }, options);

/**
 * Give an account exactly these roles; acts at once on every instance.
 * @param params {id}
 * @param body {grants}
 */
exports.setAccountRoles = (params, body, options) => call('PUT', '/accounts/{id}/roles', { params, body }, options);

/**
 * Shut an account; its sessions end at once.
 * @param params {id}
 */
exports.disableAccount = (params, options) => call('POST', '/accounts/{id}/disable', { params }, options);

/**
 * Open an account again that was shut.
 * @param params {id}
 */
exports.enableAccount = (params, options) => call('POST', '/accounts/{id}/enable', { params }, options);

/**
 * Give a code by which somebody who lost their password sets a new one.
 * @param params {id}
 */
exports.resetPassword = (params, options) => call('POST', '/accounts/{id}/reset', { params, keyed: true }, options);

/* ---- wechat ---- */

/**
 * Log in with the code of wx.login.
 * @param body {code, appId?}
 */
exports.logInByWeChat = (body, options) => call('POST', '/auth/wechat', { body, open: true }, options);

/**
 * Bind to the account of the phone number that WeChat vouches for, and log in.
 * @param body {bindingToken, code}
 */
exports.bindWeChatByPhone = (body, options) => call('POST', '/auth/wechat/phone', { body, open: true }, options);

/**
 * Answer WeChat's console, which asks whether this is the place to push to.
 * @param params {appId, signature, timestamp, nonce, echostr}
 */
exports.verifyWeChatPush = (params, options) => call('GET', '/wechat/push/{appId}', { params, open: true }, options);

/**
 * Hear what WeChat pushes, once each, in JSON and safe mode.
 * @param params {appId, msg_signature, timestamp, nonce, signature?, encrypt_type?, openid?}
 * @param body {ToUserName?, Encrypt}
 */
exports.receiveWeChatPush = (params, body, options) => call('POST', '/wechat/push/{appId}', { params, body, open: true }, options);

/** The templates that may be asked for, and how many messages of each I have accepted and not been sent. */
exports.listSubscriptions = (options) => call('GET', '/wechat/subscriptions', {}, options);

/**
 * Say which templates I accepted in wx.requestSubscribeMessage.
 * @param body {templateIds}
 */
exports.acceptSubscriptions = (body, options) => call('POST', '/wechat/subscriptions', { body, keyed: true }, options);

/* ---- sms ---- */

/** Whether I am reminded by SMS. */
exports.getSmsPreference = (options) => call('GET', '/me/sms', {}, options);

/**
 * Switch reminders by SMS off or on again, at once.
 * @param body {wanted}
 */
exports.setSmsPreference = (body, options) => call('PUT', '/me/sms', { body }, options);

/* ---- portal-login ---- */

/**
 * Take a picture to be scanned by a phone that is logged in.
 * @param body {portal}
 */
exports.startPortalLogin = (body, options) => call('POST', '/auth/portal-logins', { body, open: true }, options);

/**
 * Ask whether the phone has said yes; the first who asks then is logged in.
 * @param body {secret}
 */
exports.pollPortalLogin = (body, options) => call('POST', '/auth/portal-logins/poll', { body, open: true }, options);

/**
 * Say that I have scanned it, and see what asks.
 * @param body {scene}
 */
exports.scanPortalLogin = (body, options) => call('POST', '/auth/portal-logins/scan', { body }, options);

/**
 * Log that browser in as me.
 * @param body {scene, number}
 */
exports.confirmPortalLogin = (body, options) => call('POST', '/auth/portal-logins/confirm', { body }, options);

/**
 * Refuse that browser, also after a yes that it has not used yet.
 * @param body {scene}
 */
exports.refusePortalLogin = (body, options) => call('POST', '/auth/portal-logins/refuse', { body }, options);

/* ---- scene ---- */

/**
 * Ask what a scanned scene stands for.
 * @param body {scene}
 */
exports.resolveScene = (body, options) => call('POST', '/scenes/resolve', { body, open: true }, options);

/**
 * Draw the code that opens the mini program at this gate.
 * @param params {id}
 */
exports.drawGateCode = (params, options) => call('POST', '/gates/{id}/code', { params }, options);

/**
 * Draw the code of a door card for the invitation that was just made.
 * @param body {inviteCode}
 */
exports.drawDoorCardCode = (body, options) => call('POST', '/door-cards', { body }, options);

/**
 * Draw the code that opens the mini program at this courier's link.
 * @param params {id}
 */
exports.drawCourierCode = (params, options) => call('POST', '/courier-links/{id}/code', { params }, options);

/* ---- registry ---- */

/**
 * Import a roster of households and residents.
 * @param params {dryRun?, compoundId?}
 * @param body text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, with options.contentType
 */
exports.importRoster = (params, body, options) => call('POST', '/imports/roster', { params, body, keyed: true }, options);

/**
 * How far an import is.
 * @param params {id}
 */
exports.getImport = (params, options) => call('GET', '/imports/{id}', { params }, options);

/**
 * Find households.
 * @param params {building?, unit?, q?, limit?, cursor?}
 */
exports.listHouseholds = (params, options) => call('GET', '/households', { params }, options);

/**
 * Somebody leaves the compound; their account no longer opens the household, at once.
 * @param params {id}
 */
exports.moveOutResident = (params, options) => call('POST', '/residents/{id}/move-out', { params }, options);

/**
 * One household with its members; phones and ID numbers masked.
 * @param params {id}
 */
exports.getHousehold = (params, options) => call('GET', '/households/{id}', { params }, options);

/** The members of one's own household. */
exports.listOwnHousehold = (options) => call('GET', '/household/members', {}, options);

/**
 * The buildings within one's scope, with their grid and number of households.
 * @param params {compoundId?, limit?, cursor?}
 */
exports.listBuildings = (params, options) => call('GET', '/buildings', { params }, options);

/**
 * The gates of one's compounds.
 * @param params {compoundId?, limit?, cursor?}
 */
exports.listGates = (params, options) => call('GET', '/gates', { params }, options);

/**
 * Make a gate.
 * @param body {compoundId?, name}
 */
exports.createGate = (body, options) => call('POST', '/gates', { body, keyed: true }, options);

/**
 * Rename a gate.
 * @param params {id}
 * @param body {name}
 */
exports.renameGate = (params, body, options) => call('PUT', '/gates/{id}', { params, body }, options);

/**
 * The grids of one's compounds, with their buildings.
 * @param params {compoundId?, limit?, cursor?}
 */
exports.listGrids = (params, options) => call('GET', '/grids', { params }, options);

/**
 * Make a grid of some buildings.
 * @param body {compoundId?, name, buildings?, move?}
 */
exports.createGrid = (body, options) => call('POST', '/grids', { body, keyed: true }, options);

/**
 * Rename a grid and say which buildings it has; those left out belong to no grid then.
 * @param params {id}
 * @param body {name, buildings, move?}
 */
exports.changeGrid = (params, body, options) => call('PUT', '/grids/{id}', { params, body }, options);

/**
 * All subdistricts.
 * @param params {limit?, cursor?}
 */
exports.listSubdistricts = (params, options) => call('GET', '/subdistricts', { params }, options);

/**
 * Make a subdistrict.
 * @param body {name}
 */
exports.createSubdistrict = (body, options) => call('POST', '/subdistricts', { body, keyed: true }, options);

/**
 * Rename a subdistrict.
 * @param params {id}
 * @param body {name}
 */
exports.renameSubdistrict = (params, body, options) => call('PUT', '/subdistricts/{id}', { params, body }, options);

/**
 * All communities, or those of one subdistrict.
 * @param params {subdistrictId?, limit?, cursor?}
 */
exports.listCommunities = (params, options) => call('GET', '/communities', { params }, options);

/**
 * Make a community.
 * @param body {subdistrictId, name}
 */
exports.createCommunity = (body, options) => call('POST', '/communities', { body, keyed: true }, options);

/**
 * Rename a community.
 * @param params {id}
 * @param body {name}
 */
exports.renameCommunity = (params, body, options) => call('PUT', '/communities/{id}', { params, body }, options);

/**
 * One's compounds, or those of one community.
 * @param params {communityId?, limit?, cursor?}
 */
exports.listCompounds = (params, options) => call('GET', '/compounds', { params }, options);

/**
 * Make a compound.
 * @param body {communityId, name}
 */
exports.createCompound = (body, options) => call('POST', '/compounds', { body, keyed: true }, options);

/**
 * Rename a compound.
 * @param params {id}
 * @param body {name}
 */
exports.renameCompound = (params, body, options) => call('PUT', '/compounds/{id}', { params, body }, options);

/**
 * The buildings of a compound and their units, with the control level of their own where they have one.
 * @param params {compoundId?}
 */
exports.listControlLevels = (params, options) => call('GET', '/control-levels', { params }, options);

/**
 * Set the control level of a building or a unit; without `level` that of what it lies in holds again.
 * @param params {id}
 * @param body {level?, reason?}
 */
exports.setControlLevel = (params, body, options) => call('PUT', '/control-levels/{id}', { params, body }, options);

/**
 * All policy values of a compound.
 * @param params {compoundId?}
 */
exports.getPolicy = (params, options) => call('GET', '/policy', { params }, options);

/**
 * Change policy values; those that are not named stay.
 * @param params {compoundId?}
 * @param body {values}
 */
exports.changePolicy = (params, body, options) => call('PUT', '/policy', { params, body }, options);

/**
 * Who changed which policy value when, from what to what.
 * @param params {compoundId?, limit?, cursor?}
 */
exports.listPolicyHistory = (params, options) => call('GET', '/policy/history', { params }, options);

/* ---- health ---- */

/**
 * Reports of a resident, or of everybody within one's scope, newest day first.
 * @param params {residentId?, from?, to?, limit?, cursor?}
 */
exports.listHealthReports = (params, options) => call('GET', '/health-reports', { params }, options);

/**
 * Report a resident's temperature and symptoms for a round.
 * @param body {residentId?, date?, round?, temperature, symptoms, note?}
 */
exports.submitHealthReport = (body, options) => call('POST', '/health-reports', { body, keyed: true }, options);

/**
 * Report for a household at once, or a grid worker's phone list.
 * @param body {reports}
 */
exports.submitHealthReports = (body, options) => call('POST', '/health-reports/batch', { body, keyed: true }, options);

/**
 * A report with every version that a correction replaced, newest first.
 * @param params {id}
 */
exports.listHealthReportVersions = (params, options) => call('GET', '/health-reports/{id}/versions', { params }, options);

/** Today's two rounds for each member of one's household, with the last report before them. */
exports.getTodaysRounds = (options) => call('GET', '/health-rounds/today', {}, options);

/**
 * Who has not reported in a round, by building.
 * @param params {date, round, building?, limit?, cursor?}
 */
exports.listMissingReports = (params, options) => call('GET', '/health-rounds/{date}/{round}/missing', { params }, options);

/**
 * Who is to be called, because they missed two rounds in a row (policy) up to the last cut-off.
 * @param params {limit?, cursor?}
 */
exports.listCallList = (params, options) => call('GET', '/health-rounds/call-list', { params }, options);

/**
 * At which doors to knock, because something is not reported and nobody there was reached.
 * @param params {limit?, cursor?}
 */
exports.listKnockList = (params, options) => call('GET', '/health-rounds/knock-list', { params }, options);

/**
 * Tick off that somebody was at this door, and what came of it.
 * @param params {id}
 * @param body {outcome}
 */
exports.recordKnock = (params, body, options) => call('POST', '/households/{id}/knocks', { params, body, keyed: true }, options);

/* ---- alert ---- */

/**
 * Alerts within one's scope, newest first.
 * @param params {state?, unclosed?, building?, limit?, cursor?}
 */
exports.listAlerts = (params, options) => call('GET', '/alerts', { params }, options);

/**
 * An alert with its reports and steps.
 * @param params {id}
 */
exports.getAlert = (params, options) => call('GET', '/alerts/{id}', { params }, options);

/**
 * Take an alert on.
 * @param params {id}
 * @param body {note?, version?}
 */
exports.acknowledgeAlert = (params, body, options) => call('POST', '/alerts/{id}/acknowledge', { params, body, keyed: true }, options);

/**
 * Hand an alert on to the health centre and the subdistrict.
 * @param params {id}
 * @param body {note?, version?}
 */
exports.escalateAlert = (params, body, options) => call('POST', '/alerts/{id}/escalate', { params, body, keyed: true }, options);

/**
 * The resident is on the way to a fever clinic.
 * @param params {id}
 * @param body {note?, version?}
 */
exports.transferAlert = (params, body, options) => call('POST', '/alerts/{id}/transfer', { params, body, keyed: true }, options);

/**
 * The alert has come to its end; the note says what came out.
 * @param params {id}
 * @param body {note, version?}
 */
exports.closeAlert = (params, body, options) => call('POST', '/alerts/{id}/close', { params, body, keyed: true }, options);

/** Alerts about the members of one's household that are not closed, or were closed within a day. */
exports.listMyAlerts = (options) => call('GET', '/me/alerts', {}, options);

/* ---- observation ---- */

/**
 * A compound's risk list as it stands, with the days of each region.
 * @param params {compoundId?}
 */
exports.listRiskRegions = (params, options) => call('GET', '/risk-regions', { params }, options);

/**
 * Put this list in the place of the present one; its history is kept.
 * @param params {compoundId?}
 * @param body {items}
 */
exports.replaceRiskRegions = (params, body, options) => call('PUT', '/risk-regions', { params, body }, options);

/**
 * Add the lines of a file to the risk list.
 * @param params {dryRun?, compoundId?}
 * @param body text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, with options.contentType
 */
exports.importRiskRegions = (params, body, options) => call('POST', '/imports/risk-regions', { params, body, keyed: true }, options);

/**
 * Home observations within one's scope, newest first.
 * @param params {state?, limit?, cursor?}
 */
exports.listObservations = (params, options) => call('GET', '/observations', { params }, options);

/**
 * Begin a home observation for each of these residents.
 * @param body {residentIds, withHousehold?, reason, startsOn, days}
 */
exports.startObservations = (body, options) => call('POST', '/observations', { body, keyed: true }, options);

/**
 * One home observation with all that happened.
 * @param params {id}
 */
exports.getObservation = (params, options) => call('GET', '/observations/{id}', { params }, options);

/**
 * Somebody of the staff has spoken with the person today.
 * @param params {id}
 * @param body {note?}
 */
exports.addFollowUp = (params, body, options) => call('POST', '/observations/{id}/follow-ups', { params, body, keyed: true }, options);

/**
 * Enter a nucleic-acid test.
 * @param params {id}
 * @param body {takenOn, result, note?}
 */
exports.addTest = (params, body, options) => call('POST', '/observations/{id}/tests', { params, body, keyed: true }, options);

/**
 * A test was entered wrongly; it stays on record and counts for nothing.
 * @param params {id, number}
 * @param body {note}
 */
exports.withdrawTest = (params, body, options) => call('POST', '/observations/{id}/tests/{number}/withdraw', { params, body, keyed: true }, options);

/**
 * The observation is over.
 * @param params {id}
 * @param body {note?}
 */
exports.releaseObservation = (params, body, options) => call('POST', '/observations/{id}/release', { params, body, keyed: true }, options);

/**
 * The person is brought to a hospital after a positive test, entered by staff or told by the home.
 * @param params {id}
 * @param body {note?}
 */
exports.transferObservation = (params, body, options) => call('POST', '/observations/{id}/transfer', { params, body, keyed: true }, options);

/**
 * Travel declarations within one's scope, newest first.
 * @param params {residentId?, lackingProof?, limit?, cursor?}
 */
exports.listTravelDeclarations = (params, options) => call('GET', '/travel-declarations', { params }, options);

/**
 * Declare every place of the last 14 days, for oneself, a household member or, as staff, a resident.
 * @param body {residentId?, stays, contactWithCase, test?}
 */
exports.declareTravel = (body, options) => call('POST', '/travel-declarations', { body, keyed: true }, options);

/**
 * Add a nucleic-acid test to a declaration.
 * @param params {id}
 * @param body {takenOn, result}
 */
exports.addTravelTest = (params, body, options) => call('POST', '/travel-declarations/{id}/tests', { params, body, keyed: true }, options);

/* ---- outing ---- */

/**
 * The slots of a day at one gate, or at every gate of one's compound.
 * @param params {gateId?, date?}
 */
exports.listOutingSlots = (params, options) => call('GET', '/outing-slots', { params }, options);

/**
 * Join the line for a full slot.
 * @param params {id}
 * @param body {residentId?}
 */
exports.waitForSlot = (params, body, options) => call('POST', '/outing-slots/{id}/waiting', { params, body, keyed: true }, options);

/** Who of one's scope waits for a slot or has an offer, by slot. */
exports.listWaiting = (options) => call('GET', '/outing-waiting', {}, options);

/**
 * Leave a line; an offered place goes to the next.
 * @param params {id}
 */
exports.leaveWaiting = (params, options) => call('DELETE', '/outing-waiting/{id}', { params }, options);

/**
 * Give a day of a gate its own number of places per slot, or close it.
 * @param params {id, date}
 * @param body {capacity?, reason?}
 */
exports.setGateDay = (params, body, options) => call('PUT', '/gates/{id}/outing-days/{date}', { params, body }, options);

/**
 * What a change of policy would have meant for the requests of the last 7 days.
 * @param params {compoundId?}
 * @param body {values}
 */
exports.previewPolicy = (params, body, options) => call('POST', '/policy/preview', { params, body }, options);

/**
 * Passes within one's scope, the newest request first.
 * @param params {state?, date?, residentId?, limit?, cursor?}
 */
exports.listOutingPasses = (params, options) => call('GET', '/outing-passes', { params }, options);

/**
 * Ask for a pass.
 * @param body {residentId?, kind, slotId?, purpose?, document?, vehiclePlate?}
 */
exports.requestOutingPass = (body, options) => call('POST', '/outing-passes', { body, keyed: true }, options);

/**
 * A pass with its whole history.
 * @param params {id}
 */
exports.getOutingPass = (params, options) => call('GET', '/outing-passes/{id}', { params }, options);

/**
 * Approve a pass that waits.
 * @param params {id}
 * @param body {reason?}
 */
exports.approveOutingPass = (params, body, options) => call('POST', '/outing-passes/{id}/approve', { params, body, keyed: true }, options);

/**
 * Refuse a pass that waits; its place in the slot is free again.
 * @param params {id}
 * @param body {reason?}
 */
exports.rejectOutingPass = (params, body, options) => call('POST', '/outing-passes/{id}/reject', { params, body, keyed: true }, options);

/**
 * Give a pass back before it was used; its place in the slot and the household's quota are free again.
 * @param params {id}
 * @param body {reason?}
 */
exports.cancelOutingPass = (params, body, options) => call('POST', '/outing-passes/{id}/cancel', { params, body, keyed: true }, options);

/**
 * Write down that somebody is back whom no gate saw return; for the office and the building's grid worker.
 * @param params {id}
 * @param body {reason}
 */
exports.returnOutingPass = (params, body, options) => call('POST', '/outing-passes/{id}/return', { params, body, keyed: true }, options);

/**
 * The code to show at the gate now.
 * @param params {id}
 */
exports.getOutingCode = (params, options) => call('GET', '/outing-passes/{id}/code', { params }, options);

/**
 * The code as a QR picture.
 * @param params {id, size?, card?}
 */
exports.getOutingQr = (params, options) => download('/outing-passes/{id}/qr.png', { params }, options);

/**
 * A card to print for somebody without a phone.
 * @param params {id}
 */
exports.getOutingCard = (params, options) => download('/outing-passes/{id}/card', { params }, options);

/**
 * Make every card of this pass that was printed worthless; the next one printed is good.
 * @param params {id}
 * @param body {reason?}
 */
exports.revokeOutingCard = (params, body, options) => call('POST', '/outing-passes/{id}/card/revoke', { params, body, keyed: true }, options);

/** Who goes shopping for one's household, where it has named somebody. */
exports.getBuyer = (options) => call('GET', '/household/buyer', {}, options);

/**
 * Name the member of one's household who goes shopping; without `residentId`, nobody in particular.
 * @param body {residentId?}
 */
exports.nameBuyer = (body, options) => call('PUT', '/household/buyer', { body }, options);

/* ---- gate ---- */

/**
 * Visits of one's household or, for guards and the office, of the compound; newest invitation first.
 * @param params {state?, date?, atGate?, limit?, cursor?}
 */
exports.listVisits = (params, options) => call('GET', '/visits', { params }, options);

/**
 * Invite somebody to one's own household.
 * @param body {visitorName, phone, idNumber?, plate?, regionCode?, expectedAt, purpose}
 */
exports.createVisit = (body, options) => call('POST', '/visits', { body, keyed: true }, options);

/**
 * The visit of a code that somebody shows at the gate.
 * @param body {code}
 */
exports.findVisit = (body, options) => call('POST', '/visits/lookup', { body }, options);

/**
 * Write down somebody who was let in while the gate had no network and could not look up their invitation.
 * @param body {nonce, gateId, household, visitorName, phone, code?, plate?, regionCode?, purpose?, enteredAt, nameChecked, hostPresent, healthCode, temperature, mask}
 */
exports.registerWalkIn = (body, options) => call('POST', '/visits/walk-ins', { body, keyed: true }, options);

/**
 * Take an invitation back, before the visitor has come.
 * @param params {id}
 * @param body {note?}
 */
exports.cancelVisit = (params, body, options) => call('POST', '/visits/{id}/cancel', { params, body, keyed: true }, options);

/**
 * Let a visitor in, or turn them back; both are on record.
 * @param params {id}
 * @param body {gateId, nameChecked, hostPresent, healthCode, temperature, mask, regionCode?, nonce?, enteredAt?, admitted?}
 */
exports.enterVisit = (params, body, options) => call('POST', '/visits/{id}/enter', { params, body, keyed: true }, options);

/**
 * Sign a visitor out.
 * @param params {id}
 * @param body {gateId, nonce?, leftAt?, admitted?}
 */
exports.leaveVisit = (params, body, options) => call('POST', '/visits/{id}/leave', { params, body, keyed: true }, options);

/**
 * Be shown a visitor's phone or ID number, for a reason.
 * @param params {id}
 * @param body {field, reason}
 */
exports.discloseVisitor = (params, body, options) => call('POST', '/visits/{id}/disclosures', { params, body }, options);

/**
 * Emergency vehicles of the compound, the latest first.
 * @param params {open?, unregistered?, date?, limit?, cursor?}
 */
exports.listEmergencies = (params, options) => call('GET', '/emergency-entries', { params }, options);

/**
 * Let an emergency vehicle in at once; its papers are written later.
 * @param body {gateId, service, nonce?, enteredAt?}
 */
exports.admitEmergency = (body, options) => call('POST', '/emergency-entries', { body, keyed: true }, options);

/**
 * Write the papers of an emergency vehicle, once.
 * @param params {id}
 * @param body {plate?, organisation, people, purpose}
 */
exports.registerEmergency = (params, body, options) => call('POST', '/emergency-entries/{id}/papers', { params, body, keyed: true }, options);

/**
 * The vehicle has left.
 * @param params {id}
 * @param body {gateId, leftAt?}
 */
exports.leaveEmergency = (params, body, options) => call('POST', '/emergency-entries/{id}/leave', { params, body, keyed: true }, options);

/**
 * What the gates have scanned, also what was refused; the latest first.
 * @param params {date?, gateId?, conflict?, limit?, cursor?}
 */
exports.listGateScans = (params, options) => call('GET', '/gate-scans', { params }, options);

/**
 * Somebody shows a pass at a gate, and is let through or not.
 * @param body {code, gateId, direction, temperature?, mask?, nonce, scannedAt?, admitted?}
 */
exports.scanPass = (body, options) => call('POST', '/gate-scans', { body }, options);

/**
 * What a gate scanned while it had no network.
 * @param body {scans}
 */
exports.scanPasses = (body, options) => call('POST', '/gate-scans/batch', { body }, options);

/** What a gate needs to decide without the network. */
exports.getGateKit = (options) => call('GET', '/gate-kit', {}, options);

/**
 * Who went through the gates, the latest first.
 * @param params {date?, gateId?, conflict?, limit?, cursor?}
 */
exports.listMovements = (params, options) => call('GET', '/movements', { params }, options);

/** Who is out, whoever must be back first first. */
exports.listOutside = (options) => call('GET', '/outside', {}, options);

/** How much at the gates waits for the office. */
exports.getGateTasks = (options) => call('GET', '/gate-tasks', {}, options);

/**
 * Residents and visitors who went through although the rules said no, the latest first.
 * @param params {open?, limit?, cursor?}
 */
exports.listGateConflicts = (params, options) => call('GET', '/gate-conflicts', { params }, options);

/**
 * Write down what became clear of a conflict, once.
 * @param params {id}
 * @param body {finding, note}
 */
exports.reviewGateConflict = (params, body, options) => call('POST', '/gate-conflicts/{id}/review', { params, body, keyed: true }, options);

/* ---- delivery ---- */

/**
 * Parcels of one's household, of a guard's gates, or of the office's compound; newest first.
 * @param params {state?, gateId?, waiting?, toSort?, returnDue?, household?, tracking?, limit?, cursor?}
 */
exports.listParcels = (params, options) => call('GET', '/parcels', { params }, options);

/**
 * A courier brought a parcel to the gate.
 * @param body {building?, unit?, room?, phoneTail?, householdId?, carrier, trackingTail, shelf?, perishable, disinfected, gateId?}
 */
exports.registerParcel = (body, options) => call('POST', '/parcels', { body, keyed: true }, options);

/**
 * What lies at one's gates, and what of it wants somebody.
 * @param params {gateId?}
 */
exports.getParcelOverview = (params, options) => call('GET', '/parcel-overview', { params }, options);

/**
 * A parcel with its trail.
 * @param params {id}
 */
exports.getParcel = (params, options) => call('GET', '/parcels/{id}', { params }, options);

/**
 * What staff say happened to a parcel.
 * @param params {id}
 * @param body {event, note?, shelf?, building?, unit?, room?, phoneTail?, householdId?}
 */
exports.addParcelEvent = (params, body, options) => call('POST', '/parcels/{id}/events', { params, body, keyed: true }, options);

/**
 * A picture of where it lies, or of what is damaged.
 * @param params {id}
 */
exports.addParcelPhoto = (params, filePath, options) => upload('/parcels/{id}/photos', { params, filePath, field: 'photo', keyed: true }, options);

/**
 * A picture of a parcel.
 * @param params {id, photoId, size?}
 */
exports.getParcelPhoto = (params, options) => download('/parcels/{id}/photos/{photoId}', { params }, options);

/**
 * Book a slot for everything that waits for one's household at the parcel's gate.
 * @param params {id}
 * @param body {slotId}
 */
exports.bookPickup = (params, body, options) => call('PUT', '/parcels/{id}/booking', { params, body }, options);

/**
 * Give the booking up; its place is free again.
 * @param params {id}
 */
exports.cancelPickup = (params, options) => call('DELETE', '/parcels/{id}/booking', { params }, options);

/**
 * The code by which everything is collected that waits for one's household at the parcel's gate.
 * @param params {id}
 */
exports.getPickupCode = (params, options) => call('GET', '/parcels/{id}/pickup-code', { params }, options);

/**
 * The pickup slots of a day at one gate, or at every gate of one's compound.
 * @param params {gateId?, date?}
 */
exports.listPickupSlots = (params, options) => call('GET', '/pickup-slots', { params }, options);

/**
 * What a pickup code that somebody shows stands for, while the guard fetches the parcels.
 * @param body {pickupCode, gateId?}
 */
exports.findPickup = (body, options) => call('POST', '/pickups/lookup', { body }, options);

/**
 * Hand over everything that waits for the household at this gate.
 * @param body {pickupCode, gateId?}
 */
exports.handOverParcels = (body, options) => call('POST', '/pickups', { body, keyed: true }, options);

/** Who may collect for one's household now, with their codes. */
exports.listCollectors = (options) => call('GET', '/household/collectors', {}, options);

/**
 * Name somebody to collect for one's household.
 * @param body {name, days}
 */
exports.nameCollector = (body, options) => call('POST', '/household/collectors', { body, keyed: true }, options);

/**
 * Somebody collects no more for one's household.
 * @param params {id}
 */
exports.withdrawCollector = (params, options) => call('DELETE', '/household/collectors/{id}', { params }, options);

/** The couriers' links that are good now, of a guard's gates or of the office's compound. */
exports.listCourierLinks = (options) => call('GET', '/courier-links', {}, options);

/**
 * Make a link by which couriers register parcels at one gate without an account.
 * @param body {gateId?, label, hours?}
 */
exports.createCourierLink = (body, options) => call('POST', '/courier-links', { body, keyed: true }, options);

/**
 * Nothing is registered by this link any more.
 * @param params {id}
 */
exports.revokeCourierLink = (params, options) => call('DELETE', '/courier-links/{id}', { params }, options);

/** The link whose token is shown, for the courier's page. */
exports.getCourierLink = (options) => call('GET', '/courier-link', { open: true }, options);

/* ---- door-delivery ---- */

/**
 * Walks to doors, in the order in which one walks.
 * @param params {mine?, done?, limit?, cursor?}
 */
exports.listDoorTasks = (params, options) => call('GET', '/door-tasks', { params }, options);

/**
 * One walk; with its trail for staff in charge.
 * @param params {id}
 */
exports.getDoorTask = (params, options) => call('GET', '/door-tasks/{id}', { params }, options);

/**
 * Take a walk, place, ring, leave; give it back.
 * @param params {id}
 * @param body {event, at?, note?}
 */
exports.addDoorTaskEvent = (params, body, options) => call('POST', '/door-tasks/{id}/events', { params, body, keyed: true }, options);

/**
 * That picture, for the household, for who carried, and for staff in charge.
 * @param params {id, size?}
 */
exports.getDoorTaskPhoto = (params, options) => download('/door-tasks/{id}/photo', { params }, options);

/**
 * The picture of everything that was placed.
 * @param params {id}
 */
exports.addDoorTaskPhoto = (params, filePath, options) => upload('/door-tasks/{id}/photo', { params, filePath, field: 'photo', keyed: true }, options);

/**
 * One parcel was placed at its door and photographed.
 * @param params {id}
 */
exports.deliverParcelToDoor = (params, filePath, options) => upload('/parcels/{id}/door-delivery', { params, filePath, field: 'photo', keyed: true }, options);

/** What is brought to one's own door. */
exports.getOwnDoor = (options) => call('GET', '/household/door', {}, options);

/**
 * Who is named as volunteer; newest first.
 * @param params {past?, limit?, cursor?}
 */
exports.listDoorVolunteers = (params, options) => call('GET', '/door-volunteers', { params }, options);

/**
 * Name an account of the compound as volunteer, from a day to a day.
 * @param body {accountId, buildings?, from, until}
 */
exports.nameDoorVolunteer = (body, options) => call('POST', '/door-volunteers', { body, keyed: true }, options);

/**
 * A volunteer is one no longer, at once.
 * @param params {id}
 */
exports.endDoorVolunteer = (params, options) => call('POST', '/door-volunteers/{id}/end', { params }, options);

/**
 * For whom it is arranged or asked that things are brought, because somebody cannot walk; newest first.
 * @param params {state?, limit?, cursor?}
 */
exports.listDoorArrangements = (params, options) => call('GET', '/door-arrangements', { params }, options);

/**
 * A household asks for it, or staff in charge set it.
 * @param body {householdId?, note?, until?}
 */
exports.arrangeDoor = (body, options) => call('POST', '/door-arrangements', { body, keyed: true }, options);

/**
 * Staff grant, refuse or end it; the household itself may end it.
 * @param params {id}
 * @param body {event, until?, note?}
 */
exports.decideDoorArrangement = (params, body, options) => call('POST', '/door-arrangements/{id}/events', { params, body, keyed: true }, options);

/**
 * Of one's household; for volunteers also what is free and what they buy; for staff all in their charge. Newest first.
 * @param params {home?, unfinished?, limit?, cursor?}
 */
exports.listPurchases = (params, options) => call('GET', '/purchases', { params }, options);

/**
 * A household asks somebody to buy something for it.
 * @param body {householdId?, items, budget, payBy, wantedOn, note?}
 */
exports.createPurchase = (body, options) => call('POST', '/purchases', { body, keyed: true }, options);

/**
 * One purchase with its trail.
 * @param params {id}
 */
exports.getPurchase = (params, options) => call('GET', '/purchases/{id}', { params }, options);

/**
 * Accept it, ask whether it may cost more, agree, buy, close, cancel, reject.
 * @param params {id}
 * @param body {event, cost?, note?}
 */
exports.addPurchaseEvent = (params, body, options) => call('POST', '/purchases/{id}/events', { params, body, keyed: true }, options);

/**
 * Say in other words what is to be bought, where the first were not shown to volunteers.
 * @param params {id}
 * @param body {items, note?}
 */
exports.rewordPurchase = (params, body, options) => call('PUT', '/purchases/{id}/words', { params, body, keyed: true }, options);

/**
 * That picture, for the household, the buyer, and staff in charge.
 * @param params {id, size?}
 */
exports.getPurchaseReceipt = (params, options) => download('/purchases/{id}/receipt', { params }, options);

/**
 * The buyer's picture of the receipt.
 * @param params {id}
 */
exports.addPurchaseReceipt = (params, filePath, options) => upload('/purchases/{id}/receipt', { params, filePath, field: 'photo', keyed: true }, options);

/* ---- ticket ---- */

/** What tickets are about, with the service level that is promised. */
exports.listTicketCategories = (options) => call('GET', '/ticket-categories', {}, options);

/**
 * Tickets that the caller may see, newest first.
 * @param params {kind?, state?, assignee?, breached?, open?, building?, limit?, cursor?}
 */
exports.listTickets = (params, options) => call('GET', '/tickets', { params }, options);

/**
 * Report a repair, a complaint, an enquiry or a suggestion.
 * @param body {kind, category, place, description, urgency, anonymous?, contactAt?, householdId?}
 */
exports.submitTicket = (body, options) => call('POST', '/tickets', { body, keyed: true }, options);

/**
 * One ticket with its whole trail.
 * @param params {id}
 */
exports.getTicket = (params, options) => call('GET', '/tickets/{id}', { params }, options);

/**
 * Do something with a ticket.
 * @param params {id}
 * @param body {event, note?, assigneeId?, until?, rating?, mergeInto?}
 */
exports.moveTicket = (params, body, options) => call('POST', '/tickets/{id}/events', { params, body, keyed: true }, options);

/**
 * Sort an open ticket anew, because it is something else than was reported, or more urgent, or less.
 * @param params {id}
 * @param body {category, urgency, reason}
 */
exports.classifyTicket = (params, body, options) => call('PUT', '/tickets/{id}/classification', { params, body }, options);

/**
 * The mailbox between whoever reported a ticket and whoever works it, oldest first.
 * @param params {id, limit?, cursor?}
 */
exports.listTicketMessages = (params, options) => call('GET', '/tickets/{id}/messages', { params }, options);

/**
 * Leave a message for the other side.
 * @param params {id}
 * @param body {text}
 */
exports.writeTicketMessage = (params, body, options) => call('POST', '/tickets/{id}/messages', { params, body, keyed: true }, options);

/**
 * Add a picture to a ticket.
 * @param params {id}
 */
exports.addTicketPhoto = (params, filePath, options) => upload('/tickets/{id}/photos', { params, filePath, field: 'photo', keyed: true }, options);

/**
 * A picture of a ticket that the caller sees.
 * @param params {id, photoId, size?}
 */
exports.getTicketPhoto = (params, options) => download('/tickets/{id}/photos/{photoId}', { params }, options);

/**
 * A worker from outside comes for a ticket; the gate expects them as its visitor.
 * @param params {id}
 * @param body {name, phone, idNumber?, plate?, regionCode?, expectedAt}
 */
exports.expectWorker = (params, body, options) => call('POST', '/tickets/{id}/workers', { params, body, keyed: true }, options);

/**
 * Add a note of whoever works a ticket to its trail.
 * @param params {id}
 * @param body {note, internal}
 */
exports.addTicketNote = (params, body, options) => call('POST', '/tickets/{id}/notes', { params, body, keyed: true }, options);

/**
 * Keep that a complaint was handed to the police.
 * @param params {id}
 * @param body {station, receipt?}
 */
exports.handTicketToPolice = (params, body, options) => call('POST', '/tickets/{id}/police-record', { params, body, keyed: true }, options);

/**
 * Who is behind an anonymous complaint, for a reason.
 * @param params {id}
 * @param body {reason}
 */
exports.discloseReporter = (params, body, options) => call('POST', '/tickets/{id}/reporter', { params, body }, options);

/**
 * Be shown the phone of whoever reported a ticket, to call them, for a reason.
 * @param params {id}
 * @param body {reason}
 */
exports.discloseReporterPhone = (params, body, options) => call('POST', '/tickets/{id}/phone', { params, body }, options);

/**
 * Repairs of what all share, without names, newest first.
 * @param params {limit?, cursor?}
 */
exports.listPublicTickets = (params, options) => call('GET', '/public-tickets', { params }, options);

/**
 * Open public tickets that may be the same as one that is about to be sent.
 * @param params {category, building?, place?}
 */
exports.listNearbyTickets = (params, options) => call('GET', '/public-tickets/nearby', { params }, options);

/** How it goes with what the caller follows, or what theirs was merged into. */
exports.listFollowedTickets = (options) => call('GET', '/followed-tickets', {}, options);

/**
 * Be told how it goes with what another reported.
 * @param params {id}
 */
exports.followTicket = (params, options) => call('PUT', '/public-tickets/{id}/follow', { params }, options);

/**
 * Be told no more of it.
 * @param params {id}
 */
exports.unfollowTicket = (params, options) => call('DELETE', '/public-tickets/{id}/follow', { params }, options);

/**
 * Who gets which tickets without being asked.
 * @param params {compoundId?}
 */
exports.listTicketRules = (params, options) => call('GET', '/ticket-rules', { params }, options);

/**
 * Replace all rules of assignment.
 * @param params {compoundId?}
 * @param body {items}
 */
exports.replaceTicketRules = (params, body, options) => call('PUT', '/ticket-rules', { params, body }, options);

/**
 * Who repairs here, and how much each has to do.
 * @param params {compoundId?}
 */
exports.listRepairmen = (params, options) => call('GET', '/ticket-repairmen', { params }, options);

/** Where the caller goes today, in the order in which to go. */
exports.getTicketRoute = (options) => call('GET', '/ticket-route', {}, options);

/**
 * Whom to ask how it was, of the tickets that were closed in a month.
 * @param params {compoundId?, month?}
 */
exports.listFollowUps = (params, options) => call('GET', '/ticket-follow-ups', { params }, options);

/**
 * How a month went, visible to residents.
 * @param params {month?}
 */
exports.getServiceLevels = (params, options) => call('GET', '/service-levels/summary', { params }, options);

/**
 * Days of a year that are not worked as their weekday says.
 * @param params {compoundId?, year?}
 */
exports.getWorkingCalendar = (params, options) => call('GET', '/working-calendar', { params }, options);

/**
 * Say whether a day is worked.
 * @param params {date, compoundId?}
 * @param body {worked, name}
 */
exports.setWorkingDay = (params, body, options) => call('PUT', '/working-calendar/{date}', { params, body }, options);

/**
 * Let a day be as it was published.
 * @param params {date, compoundId?}
 */
exports.removeWorkingDay = (params, options) => call('DELETE', '/working-calendar/{date}', { params }, options);

/* ---- wording ---- */

/**
 * Words that wait for a look, the oldest first.
 * @param params {limit?, cursor?}
 */
exports.listHeldWords = (params, options) => call('GET', '/held-words', { params }, options);

/**
 * Show words to other residents, or refuse them with a reason that their author reads.
 * @param params {id}
 * @param body {event, reason?}
 */
exports.decideHeldWords = (params, body, options) => call('POST', '/held-words/{id}/decision', { params, body }, options);

/* ---- monitor ---- */

/**
 * The day's figures per compound, grid and building.
 * @param params {date?}
 */
exports.getMonitor = (params, options) => call('GET', '/monitor', { params }, options);

/** Today's figures as server-sent events, the present ones at once and others within a second of a change. */
exports.streamMonitor = (options) => stream('/monitor/stream', {}, options);

/**
 * How reporting went over a day, per compound.
 * @param params {date?}
 */
exports.getCompletion = (params, options) => call('GET', '/monitor/completion', { params }, options);

/**
 * Temperatures over days, per compound.
 * @param params {from?, to?}
 */
exports.getTemperatures = (params, options) => call('GET', '/monitor/temperatures', { params }, options);

/* ---- forms ---- */

/**
 * The forms of a date that the caller may fetch.
 * @param params {date?}
 */
exports.listForms = (params, options) => call('GET', '/forms', { params }, options);

/**
 * A form as a file, in Chinese.
 * @param params {file, date?}
 */
exports.getForm = (params, options) => download('/forms/{file}', { params }, options);

/* ---- notify ---- */

/**
 * One's own inbox, newest first, with the number of unread messages in all of it.
 * @param params {unread?, limit?, cursor?}
 */
exports.listNotifications = (params, options) => call('GET', '/notifications', { params }, options);

/**
 * Mark a message as read. Again changes nothing.
 * @param params {id}
 */
exports.readNotification = (params, options) => call('POST', '/notifications/{id}/read', { params }, options);

/**
 * Mark all messages up to one as read.
 * @param body {upTo}
 */
exports.readNotifications = (body, options) => call('POST', '/notifications/read', { body }, options);

/**
 * Messages that could not be delivered and are not tried any more, newest first.
 * @param params {limit?, cursor?}
 */
exports.listParkedMessages = (params, options) => call('GET', '/outbox/parked', { params }, options);

/**
 * Try to deliver a message again, from the first attempt on.
 * @param params {id}
 */
exports.retryParkedMessage = (params, options) => call('POST', '/outbox/parked/{id}/retry', { params }, options);

/**
 * Give a message up; it is never sent.
 * @param params {id}
 */
exports.dropParkedMessage = (params, options) => call('POST', '/outbox/parked/{id}/drop', { params }, options);

/* ---- audit ---- */

/**
 * Be shown a hidden value of a resident, for a reason.
 * @param body {residentId, field, reason}
 */
exports.discloseValue = (body, options) => call('POST', '/disclosures', { body }, options);

/**
 * Who of the staff was shown hidden values or opened health data of the members of one's household, newest first.
 * @param params {limit?, cursor?}
 */
exports.listMyDisclosures = (params, options) => call('GET', '/me/disclosures', { params }, options);

/**
 * What was entered in the audit of one's compounds, newest first.
 * @param params {from?, to?, action?, subject?, by?, limit?, cursor?}
 */
exports.listAudit = (params, options) => call('GET', '/audit', { params }, options);

/**
 * Walk the whole chain of a compound and say where it is broken.
 * @param params {compoundId?}
 */
exports.verifyAudit = (params, options) => call('GET', '/audit/verification', { params }, options);
