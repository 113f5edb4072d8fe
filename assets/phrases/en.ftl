### What the totem says, in English.

language-name = English

nav-back = Back
nav-cancel = Cancel
nav-leave = Leave
nav-help = Help
nav-continue = Continue
nav-retry = Try again
nav-page = { $page } of { $pages }
nav-protocol = Protocol { $protocol }

key-clear = Clear
key-letters = ABC
key-digits = 123
key-larger = Larger type
key-smaller = Normal type

identify-title = Pay your bill here
identify-ask = Type the account holder’s CPF or CNPJ
identify-scan = or show the bill’s bar code to the reader
identify-privacy = We use the CPF only to find the account. It leaves the screen when you finish.
identify-short = Some digits are missing. A CPF has 11, a CNPJ has 14.
identify-wrong = This number does not check. Please look at it and try again.
identify-scan-unknown = We do not know this code. Please type the CPF or CNPJ.
identify-scanned = Code read. Now type the account holder's CPF or CNPJ.
identify-scan-half = Only a part was read. Pass the code again, slowly.
identify-scan-stranger = This code is of no open bill here: it may be paid already, or be another company's. Check the paper or type the CPF.
invoices-scan-missing = The bill you scanned is not among your open ones: it may be paid already, or be another company's.
invoices-scan-unasked = We could not check the scanned code now. Choose the bill from the list.
invoices-scan-unknown = We do not know this code. Choose the bill from the list.
search-scan = Looking for the bill of this code…
identify-locked = { $minutes ->
    [0] You can try again now.
    [1] Many tries. Please wait 1 minute and try again.
   *[other] Many tries. Please wait { $minutes } minutes and try again.
}

verify-title = Just to be sure it is you
verify-birth = Type the day and month the account holder was born
verify-birth-example = Someone born on 10 May types 1005
verify-phone = Type the last 4 digits of the registered phone
verify-code-sms = If there is a mobile phone on this account, it gets a code by SMS. Type its 6 digits.
verify-code-email = If there is an e-mail address on this account, it gets a code. Type its 6 digits.
verify-code-hint = It is good for 5 minutes. If it has not come after 30 seconds, you can ask for another.
verify-code-again = Ask for another code
code-letter-subject = { $provider }: your code
code-letter = { $provider }: your code is { $code }. It is good for 5 minutes, once. Give it to nobody.

search-customer = Looking for your account…
search-bill = Checking today’s amount…
search-boleto = Getting the boleto…
search-document = Getting the document…
search-pix = Preparing the PIX…
search-slow = This is taking longer than usual. You can wait or cancel.

hello-customer = Hello, { $name }
contracts-title = Which contract would you like to see?

invoices-title = What would you like to pay today?
invoices-total = Total to pay
invoices-count = { $count ->
    [0] Touch the bills you want to pay
    [1] 1 bill chosen
   *[other] { $count } bills chosen
}
invoices-changed = The amount has changed. Please check before paying.
invoices-chosen = Chosen
invoices-not-chosen = Touch to choose
invoices-settling = Payment under way. Do not pay again.
invoices-unknown = Pay with this bill’s boleto or PIX. Touch View.
invoices-details = View
invoices-pay = Pay { $amount }

due-overdue = { $days ->
    [1] Was due yesterday ({ $date })
   *[other] Was due { $days } days ago ({ $date })
}
due-on = Due on { $date }
charge-both = With a late fee of { $fine } and interest of { $interest }
charge-fine = With a late fee of { $fine }
charge-interest = With interest of { $interest }
charge-discount = With a discount of { $discount }

invoice-title = Your bill
invoice-number = Number { $number }
invoice-original = Bill
invoice-fine = Late fee
invoice-interest = Interest
invoice-discount = Discount
invoice-today = Today
invoice-amount-unknown = See the boleto
invoice-show-boleto = See the boleto
invoice-show-document = See the whole bill (PDF)

method-title = How would you like to pay?
method-pix = PIX
method-debit = Debit card
method-credit = Credit card
method-voucher = Benefit card
method-wallet = PIX or digital wallet
method-boleto = Boleto
method-pix-hint = With your phone, right away
method-debit-hint = On the card terminal
method-credit-hint = On the card terminal
method-voucher-hint = On the card terminal
method-wallet-hint = With your phone, right away
method-boleto-hint = To pay later

why-no-receipt = No paper for the receipt now
why-no-tef = The card terminal is not answering now
why-no-erp = The system is not available now
why-no-code = This bill has no code for it
why-no-write-off = The provider does not take this way of paying here
why-too-small = The amount is too small for instalments
why-settling = An earlier payment is still under way
why-unknown = Not available now
notice-no-receipt = No cards today: there is no receipt paper. PIX works.
notice-no-tef = No cards today: the card terminal is not answering. PIX works.
notice-no-erp = The system is not available now. Please try in a little while.
notice-settling = We are finishing an earlier payment. Cards will be back in a moment.

instalments-title = In how many payments?
instalments-once = In full
instalments-times = { $count } payments of { $amount }
instalments-by-issuer = { $count } payments, with your card's interest

pix-title = Pay with PIX
pix-open = Open your bank’s app
pix-scan = Choose PIX and point the camera at the code
pix-wait = Confirm and wait here
pix-by-person = After paying, keep your bank’s receipt. Our staff will check it and record the payment.
pix-by-itself = This screen will tell you by itself when the payment arrives.
pix-expires = The code is good for another { $time }
pix-no-picture = This code is too long for the screen. Cancel and choose another way to pay.
pix-print = Print the code

card-title-debit = Pay by debit card
card-title-credit = Pay by credit card
card-title-voucher = Pay by benefit card
card-title-wallet = Pay by PIX or wallet
card-title-instalments = Pay by credit card in { $count } payments
card-follow = Follow the card terminal
card-printing = Printing your receipt…
card-wait = One moment…
card-yes = Yes
card-no = No
card-answer = Confirm
card-digits-exact = Type { $max } digits
card-digits = { $min ->
    [0] Type up to { $max } digits
   *[other] Type { $min } to { $max } digits
}

boleto-title = Your boleto
boleto-copy = Pay in your bank’s app: type these numbers or point the camera at the bars.
boleto-pix = Or pay by PIX with this code
boleto-print = Print the boleto
boleto-show-document = See the bill as a PDF
print-running = Printing…
print-done = Done! Take the paper below.
print-failed = We could not print it.
send-email = Send to my e-mail
send-choose = Send the bill
send-sms = Send to my phone by SMS
send-push = Send to the app
send-running = Sending…
send-done = Sent! Look at your messages.
send-refused = It was not sent. Touch to try again.
send-unknown = We do not know whether it was sent. See if it arrives.

document-bill = Your bill
document-fiscal-note = Your tax invoice
document-annual-settlement = Annual settlement
document-contract = Your contract
document-page = Page { $page } of { $pages }
document-part = Page { $page } of { $pages }, part { $part } of { $parts }
document-failed = This page cannot be opened. See the others or go back.
document-previous = Previous
document-next = Next
document-zoom = Enlarge
document-whole = Whole page
document-print = Print this page
document-accept = Accept the contract
document-read-on = To accept, read to the last page

confirming-title = We are confirming your payment
confirming-do = Do not pay again.
confirming-more = Write the protocol down or take a photo of this screen. If you need to, call Help.

undone-title = Your card was not charged
undone-do = The purchase was undone and nothing will be charged. Your bill is still open.
undone-pending-title = The payment was not completed
undone-pending-do = We have asked the card company to undo it. If the amount shows on your card it will be given back. Keep the protocol.
undone-network = { $network } · NSU { $nsu }

paid-title = Payment received. Thank you!
paid-pix = Paid by PIX
paid-debit = Paid by debit card
paid-credit = Paid by credit card
paid-voucher = Paid by benefit card
paid-wallet = Paid by PIX or digital wallet
paid-settled = Your bill is already recorded as paid.
paid-owed = Your payment is being recorded. There is nothing else you need to do.
paid-by-erp = The bank tells your provider by itself. There is nothing else you need to do.
paid-by-hand = Your payment was received. Our staff will record it on your account. Do not pay again.
paid-service-returns = Your internet is back as soon as the provider releases it. If not, turn the router off and on.
paid-service-in = { $minutes ->
    [1] Your internet is back within 1 minute. If not, turn the router off and on.
   *[other] Your internet is back within { $minutes } minutes. If not, turn the router off and on.
}
paid-service-waits = Your internet is back once the provider has registered the payment.
paid-print = Print the receipt
paid-none = No receipt
paid-more = Pay another bill
paid-leave = Finish

trouble-c1 = We found no account with these details.
trouble-c1-do = Please check the numbers and try again. If it stays like this, call Help.
trouble-c2 = You have no open bills.
trouble-c2-do = Everything is paid. Thank you!
trouble-c3 = This bill has already been paid.
trouble-c3-do = Nothing was charged now. If in doubt, call Help.
trouble-c4 = Many tries in a row.
trouble-c4-do = { $minutes ->
    [0] You can try again now. If you need to, call Help.
    [1] Please wait 1 minute and try again. If you need to, call Help.
   *[other] Please wait { $minutes } minutes and try again. If you need to, call Help.
}
trouble-c5 = A payment of this bill is still being processed.
trouble-c5-do = Do not pay again. If in doubt, call Help.
trouble-c6 = We could not send the code now.
trouble-c6-do = Please try again in a while. If you need to, call Help.
trouble-c7 = Too many codes were asked for.
trouble-c7-do = Please try again later. If you need to, call Help.
trouble-j1 = This totem cannot begin a payment now.
trouble-j1-do = Nothing was charged. Pay another way, or call Help.
trouble-e1 = We cannot reach the system now.
trouble-e1-do = Nothing was charged. Wait a little and try again.
trouble-e2 = The system did not answer as expected.
trouble-e2-do = Nothing was charged. Wait a little and try again.
trouble-t1 = The card was not accepted.
trouble-t1-do = Nothing was charged. Try another card or pay by PIX.
trouble-t2 = The payment was cancelled.
trouble-t2-do = Nothing was charged. You can try again whenever you like.
trouble-t3 = The card terminal is not answering.
trouble-t3-do = Nothing was charged. You can pay by PIX or with the boleto.
trouble-p1 = We could not make the PIX code.
trouble-p1-do = Nothing was charged. Try again or pay with the boleto.
trouble-p2 = This PIX code’s time is over.
trouble-p2-do = If you have paid, do not pay again: the payment will be recognised. If not, ask for a new code.
trouble-b1 = We could not get the boleto.
trouble-b1-do = Try again or choose another way to pay.
trouble-b2 = We could not open this document.
trouble-b2-do = Nothing was charged. You can still pay here; to get the document, call Help.
trouble-b3 = This document does not match your bill.
trouble-b3-do = To be safe it was not opened. Do not pay from it. Our team has been told; you can pay here as usual.
trouble-code = Code { $code }
help-phone = Help: { $phone }

still-title = Are you still there?
still-left = { $seconds ->
    [1] This screen closes in 1 second
   *[other] This screen closes in { $seconds } seconds
}
still-stay = Yes, continue

closed-title = This totem is out of service
closed-journal = We cannot take payments here now. Nothing already paid was lost.
closed-out = It is being looked after. We are sorry for the trouble.
closed-recovering-title = We are about to begin
closed-recovering = We are checking the latest payments. It only takes a moment.
closed-else = You can pay with your bill’s PIX or boleto, or talk to our staff.
closed-since = Since { $when }
closed-hours-title = The shop is closed now
closed-hours = It works again in the shop’s opening hours.
closed-opens-today = We open today at { $time }
closed-opens-tomorrow = We open tomorrow at { $time }
closed-opens-on = We open on { $day }, { $date }, at { $time }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

# Other services
services-title = What else do you need?
services-more = Other services
service-receipts = Receipt copy
receipts-title = Your payments at this kiosk
receipts-choose = Touch a payment to have its receipt again.
receipts-none = You have no payments at this kiosk.
receipts-no-paper = The printer is out of paper. Come back later or call Help.

help-title = Do you need help?
help-close = Touch Help again to close
help-identify = Touch the numbers to type the CPF or CNPJ of the account holder.
help-verify = Answer with the number keys. It is only to be sure it is you.
help-searching = Please wait a moment. If it takes long, you can cancel.
help-contracts = Touch the contract you would like to see.
help-invoices = Touch the bills you want to pay, and then Pay.
help-invoice = Check the bill. You can pay it now or go back to the others.
help-method = Touch the way you would like to pay.
help-instalments = Touch in how many payments you would like to pay.
help-pix = Close help to see the code. In your bank’s app, choose PIX and point the camera at it.
help-card = Do what the card terminal asks: it says when to insert the card and when to type the PIN.
help-boleto = Close help to see the boleto. Pay in your bank’s app or print it here.
help-document = Close the help to see the document. Touch Enlarge to read it in larger letters, part by part.
help-confirming = Do not pay again. Write the protocol down: with it we find your payment.
help-undone = Keep the protocol. You can try again or leave.
help-paid = Your payment was received. Print the receipt, if you like, and finish.
help-services = Touch what you need, or go back to the bills.
help-receipts = Touch a payment: its receipt is printed again, marked as a copy.
help-trouble = Close help to read what happened and what to do now.
tray-take = This is the paper that came out. Touch to take it.

# What is asked of the provider
search-service = Asking the provider…
search-change = Sending your request to the provider. One moment…
key-space = space
service-plans = My plans
service-unlock = Reconnect on trust
service-tickets = Support requests
service-paid-bills = Paid bills
plans-title = Your plans
plans-unlock = Touch the suspended plan to ask for it back on trust.
plans-incomplete = The provider did not answer everything now. There may be more notices.
plan-active = Active
plan-suspended = Suspended
plan-suspended-unlock = Suspended · touch to reconnect on trust
plan-on-trust = Reconnected on trust
plan-cancelled = Cancelled
tickets-title = Your support requests
tickets-none = No support request was found.
tickets-new = Open a support request
paid-bills-title = Bills you have paid
paid-bills-none = The provider shows no paid bill.
statement-print = Print the latest
service-fiscal-notes = Fiscal notes
service-annual-settlements = Yearly settlement
notes-title = Your fiscal notes
notes-none = The provider shows no fiscal note.
notes-number = Note { $number }
settlements-title = Yearly statement of nothing owed
settlements-none = The provider shows no settled year.
settlements-year = Year { $year }
settlement-slip = touch to have a copy
paper-opens = touch to open
paper-none = no file here; ask at the counter
form-contract-unlock = Which plan do you want back?
form-contract-ticket = Which plan is it about?
form-kind = What is it about?
form-text = Tell us in a few words what happens
form-phone = Which phone, with area code, may we call?
form-confirm-unlock = Reconnect on trust?
form-confirm-ticket = Is everything right?
form-answer-contract = Plan
form-answer-kind = Subject
form-answer-text = What happens
form-answer-phone = Phone
form-unlock-means = The internet comes back for some days, until the date the provider gives. The bills stay open: pay before that date to stay connected. The provider may refuse if it did this not long ago.
form-do-unlock = Reconnect now
form-do-ticket = Open the request
form-short = Please write a little more.
form-phone-wrong = Type the area code and the number, without the zero.
notice-unlock-done = Internet reconnected on trust
notice-unlock-done-do = Pay the open bills so that it is not suspended again. If it does not come back, switch the router off and on.
notice-unlock-refused = The provider did not reconnect now
notice-unlock-unknown = We do not know whether it was reconnected
notice-ticket-done = Support request opened
notice-ticket-done-do = Keep the protocol. The provider's team will call you.
notice-ticket-refused = The request was not opened
notice-ticket-unknown = We do not know whether the request was opened
notice-refused-do = Nothing has changed. If in doubt, call Help.
notice-unknown-do = It was asked for once and no answer came. Do not ask again now: check with Help.
notice-until = Until { $date }
notice-print = Print
notice-more = See my bills
help-plans = Here are your plans and the provider's notices. A suspended plan can be touched.
help-records = Look through the list. The arrows turn the page.
help-form = Answer one question at a time. Back does not erase what you wrote.
help-notice = Read the outcome and keep the protocol. You can print this notice.

# Becoming a customer
identify-join = Become a customer
service-order = Ask for another plan
form-consent = Let us prepare your order
form-consent-text = We will ask for the address, the plan, the CPF or CNPJ, the name and a contact. All of it goes to the provider only, who uses it to prepare your contract and to reach you, as the data protection law (LGPD) allows. This totem keeps nothing of what you type. If you do not agree, touch Back.
form-do-consent = I agree, continue
form-cep = What is the CEP (postcode) of the place?
form-address = Is this the address?
form-address-other = No, I will type it
form-street = Which street?
form-number = Which number? No number: S/N
form-complement = Anything more? (block, flat, house)
form-district = Which district?
form-city = Which city?
form-state = Which state? Only its two letters
form-product = Which plan do you want?
form-due-day = On which day do you want to pay?
form-tax-id = What is the holder's CPF or CNPJ?
form-name = What is the holder's full name?
form-birth = When was the holder born? Day, month and year
form-email = What is your e-mail?
form-optional = If you have none, touch Continue.
form-confirm-join = Is all of this right?
form-confirm-order = Ask for this plan?
form-do-join = Send the order
form-do-order = Send the order
form-answer-address = Address
form-answer-due-day = Day to pay
form-answer-tax-id = CPF or CNPJ
form-answer-name = Name
form-answer-birth = Born on
form-answer-email = E-mail
form-cep-wrong = A CEP has 8 digits.
form-number-wrong = Type the number of the house, or S/N.
form-state-wrong = Type the state's two letters, such as MG.
form-tax-id-wrong = This number does not check. See if you typed it right.
form-name-wrong = Type the name and the surname.
form-date-wrong = There is no such date. Type day, month and year.
form-email-wrong = Something is missing in the e-mail, such as the @.
form-gone = What you had chosen is not in the list any more. Please choose again.
trouble-n1 = No plan is sold at this address.
trouble-n1-do = See if the CEP is right, or call Help.
notice-join-done = Order sent
notice-join-done-do = The provider's team will call you to arrange the rest.
notice-join-refused = The provider did not take the order
notice-join-unknown = We do not know if the order arrived
notice-order-done = Order sent
notice-order-refused = The provider did not take the order
notice-order-unknown = We do not know if the order arrived

# The technician's panel
technician-pin-title = Technician's panel: type the PIN
technician-pin-checking = Checking…
technician-pin-wrong = This PIN is nobody's.
technician-pin-none = No PIN was set. Use: totem technician set-pin
technician-pin-locked = { $minutes ->
    [1] Too many tries. Wait 1 minute.
   *[other] Too many tries. Wait { $minutes } minutes.
}
technician-title = Technician's panel · { $by }
technician-printer = Printer
technician-tef = TEF
technician-erp = ERP
technician-journal = Journal
technician-works = works
technician-fails = does not work
technician-unknown = not known yet
technician-counts = Open: { $open } · need a person: { $person }
technician-out = Out of service
technician-walked = Journal checked on { $when } ({ $facts } facts)
technician-person = Need a person
technician-bill = PDF of bill { $bill }
technician-open = Open payments
technician-receipts = Receipts again
technician-verify = Check the journal
technician-test-print = Print a test
technician-clear-paper = I confirm: no paper is left inside
technician-not-released = The printer is still stopped: take out all paper, close the cover and confirm again.
technician-paper-ready = ready
technician-paper-low = paper is running low
technician-paper-out = out of paper
technician-paper-cover-open = cover open
technician-paper-cutter = cutter jammed
technician-paper-overheated = head too hot
technician-paper-fault = out of order
technician-paper-offline = offline
technician-paper-held = another customer’s paper inside
technician-paper-awaited = an earlier paper may still come out
technician-paper-no-fence = does not answer the fence (GS r 1): run “totem printer probe”
technician-paper-mute = does not answer
technician-paper-garbled = answers nonsense
technician-paper-absent = not found
technician-paper-in-use = used by another program
technician-paper-denied = no permission for the port
technician-paper-unknown = not known yet
technician-stop = Take out of service
technician-resume = Back to service
technician-resolve = Resolve
technician-copy = Print a second copy
technician-choose = Touch a payment to see all of it.
technician-nothing = Nothing in this list.
technician-resolve-title = What was done with { $protocol }?
technician-resolve-by = It is written into the journal as { $by }'s decision.
technician-recorded = Written into the journal.
technician-not-recorded = It was not written down.
technician-changed = It has changed since it was shown: look again. It was not written down.
technician-verifying = Checking the whole journal…
technician-journal-whole = The journal is whole.
technician-journal-broken = The journal is not as it was written: no payment is taken.
technician-not-verified = The journal could not be read just now.
technician-not-read = The journal gave no answer.
technician-cards = Card desk
technician-again = Ask again
technician-menu = TEF's menu
technician-reverse = Give the card sale back
technician-reverse-title = Why is { $protocol } given back?
technician-cards-waiting = Waiting for their end: { $count }
technician-cards-untold = The TEF does not tell what waits.
technician-terminal-reverse = Giving { $protocol } back
technician-terminal-menu = TEF's menu
technician-terminal-follow = Follow the pinpad. Do not switch the totem off.
technician-reversed = Given back, and confirmed to the TEF.
technician-reversed-unprinted = Given back. The paper did not come out: print a second copy when the printer is back.
technician-not-reversed = It was not given back.
technician-reversal-unclear = The TEF has not told whether it was given back. The totem keeps asking; do not repeat it.
technician-terminal-busy = The card terminal is busy or did not answer. Try again in a moment.
technician-menu-done = Done at the TEF's menu.
technician-menu-nothing = Nothing was done at the TEF's menu.
technician-menu-unclear = The TEF did not tell how it ended. Ask again before repeating it.
technician-machine = Machine and support
technician-network = Network
technician-log = Latest warnings
technician-carry = Support bundle on a USB stick
technician-louder = Louder
technician-softer = Softer
technician-brighter = Brighter
technician-darker = Darker
technician-restart = Restart the machine
technician-power-off = Shut the machine down
technician-restart-sure = Restart the machine now?
technician-power-off-sure = Shut the machine down now?
technician-yes = Yes, now
technician-no = No
technician-sound = Volume: { $percent }%
technician-light = Brightness: { $percent }%
technician-working = One moment…
technician-carried = The bundle is on the stick. You can take it out.
technician-not-carried = The bundle was not written.
technician-halting = The machine is about to stop.
technician-not-halted = The machine refused.
technician-halt-refused = A payment or a paper is on its way. Wait until it is done.
technician-level-not-set = Not changed: the device did not answer.
technician-paper = Paper and roll
technician-paper-changed = I put in a new roll
technician-paper-since = Roll changed on { $when } by { $by }
technician-paper-never = Nobody has noted a change of roll yet.
technician-paper-count = Papers since then: about { $count }
technician-language = First language
technician-language-now = The totem greets in: { $language }
technician-language-chosen = Chosen at the panel on { $when } by { $by }
technician-language-by-configuration = As the configuration says.
technician-language-configured-as = In the configuration: { $language }
technician-language-configured = As in the configuration
technician-pix = PIX desk
technician-try-pix = Try PIX: R$ 0.01, given back
technician-pix-other-bank = Another bank
technician-pix-bank = Bank: { $bank }
technician-pix-how = Makes a charge of R$ 0.01. Pay it with a phone: the bank gives it back at once, and no bill changes.
technician-pix-none = No PIX is set up at this totem.
technician-pix-nobody-gives-back = The PIX here is the ERP’s code or a fixed key: nobody could give the cent back from here, so there is no try.
technician-pix-under-way = Tries the bank has not ended yet: { $count }
technician-pix-asking = Asking the bank for the charge…
technician-pix-pay = Pay it with your bank’s app.
technician-pix-going-back = Paid. The bank is giving it back…
technician-pix-not-tried = This bank cannot be tried now.
technician-pix-try-refused = The bank made no charge.
technician-pix-try-unpaid = Not paid. The charge is being taken back from the bank.
technician-pix-try-back = PIX works: R$ 0.01 came in, and the bank gave it back.
technician-pix-try-unclear = It came in. The bank has not said yet whether it gave it back: the totem keeps asking.
technician-pix-try-kept = It came in, and the bank does not give it back: see “Need a person”.

# What is changed at the counter
service-negotiation = Settle overdue bills by instalments
service-due-day = Change the due day
service-visits = Technician's visits
service-contacts = Change phone or e-mail
service-notifications = Provider's messages
service-digital-invoice = Paperless bills
service-pause = Pause the internet for a while
service-app-password = New password for the app
service-contract = Read and accept the contract
service-profile = Correct name or address
visits-title = Technician's visits
visits-none = No visit is booked.
visits-opens = touch to change
form-contract-due-day = Which plan's due day changes?
form-contract-read = Which contract do you want to read?
form-contract-address = Which plan is the address of?
form-profile-part = What is wrong?
form-contract-pause = Which plan do you want to pause?
form-new-due-day = Which day suits you better?
form-contact-kind = What has changed?
form-new-phone = What is the new phone, with area code?
form-phone-again = Type the new phone once more
form-new-email = What is the new e-mail?
form-email-again = Type the new e-mail once more
form-receive = Do you want the provider's messages?
form-offer = How would you rather pay?
form-visit-act = What do you want to do?
form-slot = When may the technician come?
form-technician-mark = From 0 to 10, how was the technician?
form-solution-mark = From 0 to 10, was the problem solved?
form-pause-from = From which day? Type day, month and year
form-pause-days = For how many days?
form-password = Type your password with the provider
form-confirm-due-day = Change the due day?
form-confirm-notifications = Is this right?
form-confirm-digital-invoice = Change to paperless bills?
form-confirm-negotiation = Make this agreement?
form-confirm-move-visit = Move the visit?
form-confirm-cancel-visit = Cancel the visit?
form-confirm-rate-visit = Send your rating?
form-confirm-pause = Pause this plan?
form-confirm-app-password = Ask for a new password?
form-confirm-accept = Accept this contract?
form-confirm-profile = Send this request?
form-do-change = Confirm
form-do-negotiation = Make the agreement
form-do-cancel-visit = Cancel the visit
form-do-app-password = Send by SMS
form-do-accept = I accept
form-due-day-means = Your bills fall due on the new day. The next one may still come with the day before.
form-digital-invoice-means = The bill no longer comes on paper. The provider confirms it by e-mail.
form-negotiation-means = The overdue bills go, and the instalments above stand in their place. The amounts are the provider's.
form-cancel-visit-means = The provider cancels the visit or undoes the last change of date. Then we show you how it stands.
form-pause-means = There is no internet during the pause. The provider may refuse.
form-app-password-means = The new password goes by SMS to your registered phone. It is not shown here. The old one no longer works.
form-accept-means = You have read the contract to its last page. Your acceptance goes to the provider now.
form-profile-means = It is a request: the provider's staff check it and change your file.
form-answer-receive = Messages
form-answer-offer = Agreement
form-answer-visit = Visit
form-answer-slot = New time
form-answer-technician-mark = Technician's mark
form-answer-solution-mark = Mark for the solution
form-answer-pause-from = From
form-answer-pause-days = How many days
form-different = It is not what you typed before.
form-day-wrong = Type a day after today, within a year.
form-mark-wrong = This number does not fit here.
form-send-to = Where shall the bill go?
option-send-email = To my registered e-mail
option-send-sms = By SMS, to my registered mobile
option-send-push = To the provider's app
option-other-email = To another e-mail too
option-other-phone = To another mobile too, by SMS
form-other-email = Which other e-mail?
form-other-phone = Which other mobile phone?
form-code = Type the code we have sent
form-code-wrong = This is not the code, or its time is over.
form-code-refused = No code could be sent there. Please check.
form-code-none = We could not send the code now.
form-codes-many = Too many codes were asked for. Try later.
form-mobile = The code goes by SMS: type a mobile number.
option-phone = Phone
option-name = My name
option-address = My address
option-email = E-mail
option-contact-known = Now: { $value }
option-contact-none = None registered
option-on = Yes, I want them
option-off = I do not want them
option-move = Move to another day
option-cancel = Cancel the visit
option-rate = Rate it
detail-day = Day { $day }
detail-billed = Bill from day { $from } to day { $to }
detail-same-month = due in the same month
detail-next-month = due in the next month
detail-once = At once: { $amount }
detail-times = { $count } instalments of { $amount }
detail-offer = Total { $total } · the first on { $date }
detail-today = Today { $count } bills come to { $amount }
detail-fine = Fine: { $amount }
detail-interest = Interest: { $amount }
detail-discount = Discount: { $amount }
detail-total = Agreement's total: { $amount }
detail-part = { $amount } on { $date }
detail-morning = in the morning
detail-afternoon = in the afternoon
detail-hours = from { $from } to { $to }
detail-no-day = no day booked
detail-owes = Cannot be paused: a bill is open
detail-rested = Cannot be paused: it was paused less than a year ago
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
notice-due-day-done = Due day changed
notice-due-day-done-do = Your bills fall due on the new day. The next one may still come with the day before.
notice-contacts-done = Contact changed
notice-contacts-done-do = The provider uses the new contact from now on.
notice-notifications-done = Your choice was kept
notice-notifications-done-do = You can change it again whenever you like.
notice-digital-invoice-done = Paperless bills are on
notice-digital-invoice-done-do = The provider confirms it by e-mail.
notice-negotiation-done = Agreement made
notice-negotiation-done-do = New bills stand in the place of the overdue ones. The first instalment can be paid here now.
notice-negotiation-otherwise = The agreement was made on other terms
notice-negotiation-otherwise-do = The provider's amounts or dates are not the ones you accepted. Check with Help before you pay.
notice-pay-first = Pay the first instalment now
notice-move-visit-done = Visit moved
notice-move-visit-done-do = Have somebody at home at the new time.
notice-cancel-visit-done = Visit cancelled
notice-cancel-visit-done-do = If you still need the technician, book another day.
notice-cancel-visit-stands = The visit is still booked
notice-cancel-visit-stands-do = The provider took the request, but the visit stays on that day: it may have undone only the change of date. If you do not want the technician, call Help.
notice-visit-on = The visit is on { $date }
notice-rate-visit-done = Thank you for the rating
notice-rate-visit-done-do = The provider has your marks.
notice-pause-done = Pause booked
notice-pause-done-do = The internet stops on that day and comes back after the pause.
notice-app-password-done = The new password is on its way
notice-app-password-done-do = It comes by SMS to your registered phone.
notice-accept-done = Contract accepted
notice-accept-done-do = The provider has recorded your acceptance.
notice-requested = Request sent
notice-requested-do = The provider's team will make the change. Until then nothing differs.
notice-change-refused = The provider did not accept it now
notice-change-unknown = We do not know whether it was done
notice-due-day-none = There is no other day to choose
notice-negotiation-none = The provider has no agreement for these bills
notice-negotiation-none-do = You can pay the bills as they are, or call Help.
notice-slots-none = No other time is free now
notice-pause-none = No plan can be paused
notice-nothing-do = Nothing has changed. If you need to, call Help.
technician-try-card = Try a card: R$ 0.01, undone
technician-try-undone = Cards work: R$ 0.01 approved, and undone.
technician-try-kept = Approved, and this TEF knows no undoing: give R$ 0.01 back at its menu.
technician-try-refused = The test sale was not approved.
technician-try-unclear = The TEF did not say how it ended. What it approved will be undone.

# Receipts and documents by the provider's own mail; { $to } is the registered address, covered.
letter-sending = Sending to { $to }…
letter-sent = Sent to { $to }. See if it arrives.
letter-refused = It was not sent to { $to }. Try again or print it.
letter-unknown = We do not know whether it was sent to { $to }. See if it arrives.
letter-too-many = We have sent many papers this hour. Try later or print it.
letter-too-large = This document is too large for an e-mail. Print it.
document-send = Send to { $to }
paid-email = Get it by e-mail
paid-sms = Get it by SMS
form-paper-by = How do you want it?
option-print-paper = On paper, now
letter-receipt-subject = { $provider }: receipt of payment { $protocol }
letter-receipt =
    Attached is the receipt of the payment made at the kiosk of { $provider }.

    Amount: { $amount }
    { $method }
    Date and time: { $date }, { $time }
    Protocol: { $protocol }

    { $state }

    This message was asked for at the kiosk and is automatic: there is no need to answer it.
letter-document-subject = { $provider }: { $document }
letter-document =
    Attached is the document that was asked for at the kiosk of { $provider }: { $document }.

    This message is automatic: there is no need to answer it.
letter-bill = your bill
letter-fiscal-note = your tax invoice
letter-annual-settlement = the annual settlement
letter-contract = your contract
sms-receipt = { $provider }: we received { $amount } on { $date } by { $method }. Protocol { $protocol }.
sms-pix = PIX
sms-debit = debit
sms-credit = credit
sms-voucher = benefit card
sms-wallet = PIX or wallet
sms-owed = It is being recorded.
sms-by-erp = The bank records it.
sms-by-hand = Our staff will record it.
