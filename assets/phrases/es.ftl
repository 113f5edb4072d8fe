### What the totem says, in Spanish.

language-name = Español

nav-back = Volver
nav-cancel = Cancelar
nav-leave = Salir
nav-help = Ayuda
nav-continue = Continuar
nav-retry = Intentar de nuevo
nav-page = { $page } de { $pages }
nav-protocol = Protocolo { $protocol }

key-clear = Borrar
key-letters = ABC
key-digits = 123
key-larger = Letra mayor
key-smaller = Letra normal

identify-title = Pague su cuenta aquí
identify-ask = Escriba el CPF o CNPJ del titular
identify-scan = o pase el código de barras del boleto por el lector
identify-privacy = Usamos el CPF solo para encontrar la cuenta. Desaparece de la pantalla al terminar.
identify-short = Faltan números. El CPF tiene 11 y el CNPJ tiene 14.
identify-wrong = Ese número no coincide. Revíselo e intente de nuevo.
identify-scan-unknown = No reconocemos ese código. Escriba el CPF o CNPJ.
identify-scanned = Código leído. Ahora escriba el CPF o CNPJ del titular.
identify-scan-half = Se leyó solo una parte. Pase el código de nuevo, despacio.
identify-scan-stranger = Este código no es de una cuenta abierta aquí: puede estar pagada, o ser de otra empresa. Revise el papel o escriba el CPF.
invoices-scan-missing = La cuenta del código leído no está entre las suyas abiertas: puede estar pagada, o ser de otra empresa.
invoices-scan-unasked = No pudimos revisar el código leído ahora. Elija la cuenta en la lista.
invoices-scan-unknown = No reconocemos ese código. Elija la cuenta en la lista.
search-scan = Buscando la cuenta del código…
identify-locked = { $minutes ->
    [0] Ya puede intentar de nuevo.
    [1] Muchos intentos. Espere 1 minuto e intente de nuevo.
   *[other] Muchos intentos. Espere { $minutes } minutos e intente de nuevo.
}

verify-title = Solo para confirmar que es usted
verify-birth = Escriba el día y el mes de nacimiento del titular
verify-birth-example = Quien nació el 10 de mayo escribe 1005
verify-phone = Escriba los 4 últimos números del teléfono registrado
verify-code-sms = Si hay un celular en este registro, recibe un código por SMS. Escriba los 6 números.
verify-code-email = Si hay un correo en este registro, recibe un código. Escriba los 6 números.
verify-code-hint = Vale por 5 minutos. Si no llega en 30 segundos, puede pedir otro.
verify-code-again = Pedir otro código
code-letter-subject = { $provider }: su código
code-letter = { $provider }: su código es { $code }. Vale por 5 minutos, una sola vez. No lo dé a nadie.

search-customer = Buscando su cuenta…
search-bill = Revisando el valor de hoy…
search-boleto = Buscando el boleto…
search-document = Buscando el documento…
search-pix = Preparando el PIX…
search-slow = Está tardando más de lo normal. Puede esperar o cancelar.

hello-customer = Hola, { $name }
contracts-title = ¿Qué contrato quiere ver?

invoices-title = ¿Qué quiere pagar hoy?
invoices-total = Total a pagar
invoices-count = { $count ->
    [0] Toque las cuentas que quiere pagar
    [1] 1 cuenta elegida
   *[other] { $count } cuentas elegidas
}
invoices-changed = El valor cambió. Revíselo antes de pagar.
invoices-chosen = Elegida
invoices-not-chosen = Toque para elegir
invoices-settling = Pago en curso. No pague de nuevo.
invoices-unknown = Pague con el boleto o el PIX de esta cuenta. Toque Ver.
invoices-details = Ver
invoices-pay = Pagar { $amount }

due-overdue = { $days ->
    [1] Venció ayer ({ $date })
   *[other] Venció hace { $days } días ({ $date })
}
due-on = Vence el { $date }
charge-both = Con multa de { $fine } e intereses de { $interest }
charge-fine = Con multa de { $fine }
charge-interest = Con intereses de { $interest }
charge-discount = Con descuento de { $discount }

invoice-title = Su cuenta
invoice-number = Número { $number }
invoice-original = Valor de la cuenta
invoice-fine = Multa
invoice-interest = Intereses
invoice-discount = Descuento
invoice-today = Valor hoy
invoice-amount-unknown = Vea el boleto
invoice-show-boleto = Ver el boleto
invoice-show-document = Ver la factura completa (PDF)

method-title = ¿Cómo quiere pagar?
method-pix = PIX
method-debit = Tarjeta de débito
method-credit = Tarjeta de crédito
method-voucher = Tarjeta de beneficios
method-wallet = PIX o billetera digital
method-boleto = Boleto
method-pix-hint = Con el celular, al instante
method-debit-hint = En la terminal de al lado
method-credit-hint = En la terminal de al lado
method-voucher-hint = En la terminal de al lado
method-wallet-hint = Con el celular, al instante
method-boleto-hint = Para pagar después

why-no-receipt = Sin papel para el comprobante ahora
why-no-tef = La terminal no responde ahora
why-no-erp = El sistema no está disponible ahora
why-no-code = Esta cuenta no tiene código para eso
why-no-write-off = El proveedor no acepta esta forma en este tótem
why-too-small = El valor es pequeño para cuotas
why-settling = Un pago anterior todavía está en curso
why-unknown = No está disponible ahora
notice-no-receipt = Hoy sin tarjeta: falta papel para el comprobante. El PIX funciona.
notice-no-tef = Hoy sin tarjeta: la terminal no responde. El PIX funciona.
notice-no-erp = El sistema no está disponible ahora. Intente en unos minutos.
notice-settling = Estamos terminando un pago anterior. La tarjeta vuelve en instantes.

instalments-title = ¿En cuántas cuotas?
instalments-once = Al contado
instalments-times = { $count } cuotas de { $amount }
instalments-by-issuer = { $count } cuotas, con interés de su tarjeta

pix-title = Pague con PIX
pix-open = Abra la aplicación de su banco
pix-scan = Elija PIX y apunte la cámara al código
pix-wait = Confirme y espere aquí
pix-by-person = Después de pagar, guarde el comprobante del banco. Nuestro equipo lo revisa y registra el pago.
pix-by-itself = Esta pantalla avisa sola cuando llegue el pago.
pix-expires = El código vale por { $time } más
pix-no-picture = Este código es demasiado largo para la pantalla. Cancele y elija otra forma de pagar.
pix-print = Imprimir el código

card-title-debit = Pague con débito
card-title-credit = Pague con crédito
card-title-voucher = Pague con tarjeta de beneficios
card-title-wallet = Pague con PIX o billetera
card-title-instalments = Pague con crédito en { $count } cuotas
card-follow = Siga las instrucciones de la terminal
card-printing = Imprimiendo su comprobante…
card-wait = Un momento…
card-yes = Sí
card-no = No
card-answer = Confirmar
card-digits-exact = Escriba { $max } números
card-digits = { $min ->
    [0] Escriba hasta { $max } números
   *[other] Escriba de { $min } a { $max } números
}

boleto-title = Su boleto
boleto-copy = Pague en la aplicación del banco: escriba estos números o apunte la cámara a las barras.
boleto-pix = O pague con PIX con este código
boleto-print = Imprimir el boleto
boleto-show-document = Ver el PDF de la factura
print-running = Imprimiendo…
print-done = ¡Listo! Retire el papel abajo.
print-failed = No pudimos imprimir.
send-email = Enviar a mi correo
send-choose = Enviar la factura
send-sms = Enviar por SMS a mi celular
send-push = Enviar a la aplicación
send-running = Enviando…
send-done = ¡Enviado! Mire sus mensajes.
send-refused = No se envió. Toque para intentar de nuevo.
send-unknown = No sabemos si se envió. Mire si llegó.

document-bill = Su factura
document-fiscal-note = Su factura fiscal
document-annual-settlement = Liquidación anual
document-contract = Su contrato
document-page = Página { $page } de { $pages }
document-part = Página { $page } de { $pages }, parte { $part } de { $parts }
document-failed = Esta página no se pudo abrir. Vea las otras o vuelva.
document-previous = Anterior
document-next = Siguiente
document-zoom = Ampliar
document-whole = Página entera
document-print = Imprimir esta página
document-accept = Aceptar el contrato
document-read-on = Para aceptar, lea hasta la última página

confirming-title = Estamos confirmando su pago
confirming-do = No pague de nuevo.
confirming-more = Anote el protocolo o tome una foto de esta pantalla. Si lo necesita, llame a Ayuda.

undone-title = No se cobró nada en su tarjeta
undone-do = La compra fue anulada y no se cobrará nada. Su cuenta sigue abierta.
undone-pending-title = El pago no se completó
undone-pending-do = Pedimos a la operadora que anule la compra. Si el valor aparece en su tarjeta, será devuelto. Guarde el protocolo.
undone-network = { $network } · NSU { $nsu }

paid-title = Pago recibido. ¡Gracias!
paid-pix = Pagado con PIX
paid-debit = Pagado con tarjeta de débito
paid-credit = Pagado con tarjeta de crédito
paid-voucher = Pagado con tarjeta de beneficios
paid-wallet = Pagado con PIX o billetera digital
paid-settled = Su cuenta ya figura como pagada.
paid-owed = Su pago se está registrando. No necesita hacer nada más.
paid-by-erp = El banco avisa al proveedor por sí solo. No necesita hacer nada más.
paid-by-hand = Recibimos su pago. El personal lo registrará en su cuenta. No pague de nuevo.
paid-service-returns = Su internet vuelve en cuanto el proveedor la libere. Si no vuelve, apague y encienda el router.
paid-service-in = { $minutes ->
    [1] Su internet vuelve en 1 minuto como máximo. Si no vuelve, apague y encienda el router.
   *[other] Su internet vuelve en { $minutes } minutos como máximo. Si no vuelve, apague y encienda el router.
}
paid-service-waits = Su internet vuelve cuando el proveedor registre el pago.
paid-print = Imprimir comprobante
paid-none = No quiero comprobante
paid-more = Pagar otra cuenta
paid-leave = Terminar

trouble-c1 = No encontramos ninguna cuenta con esos datos.
trouble-c1-do = Revise los números e intente de nuevo. Si sigue así, llame a Ayuda.
trouble-c2 = No tiene ninguna cuenta abierta.
trouble-c2-do = Está todo al día. ¡Gracias!
trouble-c3 = Esta cuenta ya fue pagada.
trouble-c3-do = No se cobró nada ahora. Si tiene dudas, llame a Ayuda.
trouble-c4 = Muchos intentos seguidos.
trouble-c4-do = { $minutes ->
    [0] Ya puede intentar de nuevo. Si lo necesita, llame a Ayuda.
    [1] Espere 1 minuto e intente de nuevo. Si lo necesita, llame a Ayuda.
   *[other] Espere { $minutes } minutos e intente de nuevo. Si lo necesita, llame a Ayuda.
}
trouble-c5 = Un pago de esta factura todavía se está procesando.
trouble-c5-do = No pague de nuevo. Si tiene dudas, llame a Ayuda.
trouble-c6 = No pudimos enviar el código ahora.
trouble-c6-do = Intente de nuevo en un rato. Si lo necesita, llame a Ayuda.
trouble-c7 = Ya se pidieron muchos códigos.
trouble-c7-do = Intente de nuevo más tarde. Si lo necesita, llame a Ayuda.
trouble-j1 = El tótem no puede iniciar un pago ahora.
trouble-j1-do = No se cobró nada. Pague de otra forma o llame a Ayuda.
trouble-e1 = No podemos comunicarnos con el sistema ahora.
trouble-e1-do = No se cobró nada. Espere un poco e intente de nuevo.
trouble-e2 = El sistema no respondió como se esperaba.
trouble-e2-do = No se cobró nada. Espere un poco e intente de nuevo.
trouble-t1 = La tarjeta no fue aceptada.
trouble-t1-do = No se cobró nada. Pruebe otra tarjeta o pague con PIX.
trouble-t2 = El pago fue cancelado.
trouble-t2-do = No se cobró nada. Puede intentar de nuevo cuando quiera.
trouble-t3 = La terminal no responde.
trouble-t3-do = No se cobró nada. Puede pagar con PIX o con el boleto.
trouble-p1 = No pudimos generar el código PIX.
trouble-p1-do = No se cobró nada. Intente de nuevo o pague con el boleto.
trouble-p2 = El tiempo de este código PIX terminó.
trouble-p2-do = Si ya pagó, no pague de nuevo: el pago será reconocido. Si no pagó, pida un código nuevo.
trouble-b1 = No pudimos buscar el boleto.
trouble-b1-do = Intente de nuevo o elija otra forma de pagar.
trouble-b2 = No pudimos abrir este documento.
trouble-b2-do = No se cobró nada. Todavía puede pagar aquí; para recibir el documento, llame a Ayuda.
trouble-b3 = Este documento no coincide con su cuenta.
trouble-b3-do = Por seguridad no se abrió. No pague con él. Nuestro equipo fue avisado; puede pagar aquí normalmente.
trouble-code = Código { $code }
help-phone = Ayuda: { $phone }

still-title = ¿Sigue ahí?
still-left = { $seconds ->
    [1] Esta pantalla se cierra en 1 segundo
   *[other] Esta pantalla se cierra en { $seconds } segundos
}
still-stay = Sí, continuar

closed-title = Este tótem está fuera de servicio
closed-journal = No podemos recibir pagos aquí ahora. Nada de lo ya pagado se perdió.
closed-out = Estamos haciendo mantenimiento. Disculpe la molestia.
closed-recovering-title = Ya vamos a empezar
closed-recovering = Estamos revisando los últimos pagos. Es solo un momento.
closed-else = Puede pagar con el PIX o el boleto de su factura, o hablar con nuestro equipo.
closed-since = Desde { $when }
closed-hours-title = La tienda está cerrada ahora
closed-hours = El tótem funciona en el horario de la tienda.
closed-opens-today = Abrimos hoy a las { $time }
closed-opens-tomorrow = Abrimos mañana a las { $time }
closed-opens-on = Abrimos el { $day }, { $date }, a las { $time }
weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo

# Other services
services-title = ¿Qué más necesita?
services-more = Otros servicios
service-receipts = Copia de comprobante
receipts-title = Sus pagos en este tótem
receipts-choose = Toque un pago para tener el comprobante de nuevo.
receipts-none = No hay pagos suyos en este tótem.
receipts-no-paper = La impresora no tiene papel. Vuelva más tarde o llame a Ayuda.

help-title = ¿Necesita ayuda?
help-close = Toque Ayuda otra vez para cerrar
help-identify = Toque los números para escribir el CPF o CNPJ del titular de la cuenta.
help-verify = Responda con las teclas de números. Es solo para saber que es usted.
help-searching = Espere un momento. Si tarda, puede cancelar.
help-contracts = Toque el contrato que quiere ver.
help-invoices = Toque las cuentas que quiere pagar y después Pagar.
help-invoice = Revise la cuenta. Puede pagarla ahora o volver a las otras.
help-method = Toque la forma de pago que prefiere.
help-instalments = Toque en cuántas cuotas quiere pagar.
help-pix = Cierre la ayuda para ver el código. En la aplicación del banco, elija PIX y apunte la cámara.
help-card = Haga lo que pide la terminal: ella dice cuándo poner la tarjeta y cuándo escribir la clave.
help-boleto = Cierre la ayuda para ver el boleto. Pague en la aplicación del banco o imprímalo aquí.
help-document = Cierre la ayuda para ver el documento. Toque Ampliar para leerlo en letras más grandes, parte por parte.
help-confirming = No pague otra vez. Anote el protocolo: con él encontramos su pago.
help-undone = Guarde el protocolo. Puede intentar de nuevo o salir.
help-paid = Recibimos su pago. Imprima el recibo, si quiere, y termine.
help-services = Toque lo que necesita, o vuelva a las facturas.
help-receipts = Toque un pago: su comprobante sale de nuevo, marcado como copia.
help-trouble = Cierre la ayuda para leer qué pasó y qué hacer ahora.
tray-take = Este es el papel que salió. Toque para tomarlo.

# What is asked of the provider
search-service = Preguntando al proveedor…
search-change = Enviando su pedido al proveedor. Un momento…
key-space = espacio
service-plans = Mis planes
service-unlock = Reconectar en confianza
service-tickets = Atenciones
service-paid-bills = Cuentas pagadas
plans-title = Sus planes
plans-unlock = Toque el plan suspendido para pedir la reconexión en confianza.
plans-incomplete = El proveedor no respondió todo ahora. Puede haber más avisos.
plan-active = Activo
plan-suspended = Suspendido
plan-suspended-unlock = Suspendido · toque para reconectar en confianza
plan-on-trust = Reconectado en confianza
plan-cancelled = Cancelado
tickets-title = Sus atenciones
tickets-none = No se encontró ninguna atención.
tickets-new = Abrir una atención
paid-bills-title = Cuentas que ya pagó
paid-bills-none = El proveedor no muestra ninguna cuenta pagada.
statement-print = Imprimir las más recientes
service-fiscal-notes = Facturas fiscales
service-annual-settlements = Libre deuda anual
notes-title = Sus facturas fiscales
notes-none = El proveedor no muestra ninguna factura fiscal.
notes-number = Factura { $number }
settlements-title = Libre deuda anual
settlements-none = El proveedor no muestra ningún año sin deuda.
settlements-year = Año { $year }
settlement-slip = tocar para tener una copia
paper-opens = tocar para abrir
paper-none = sin archivo aquí; pídalo en atención
form-contract-unlock = ¿Qué plan quiere reconectar?
form-contract-ticket = ¿Sobre qué plan es la atención?
form-kind = ¿Cuál es el asunto?
form-text = Cuente en pocas palabras qué pasa
form-phone = ¿A qué teléfono, con código de área, podemos llamar?
form-confirm-unlock = ¿Reconectar en confianza?
form-confirm-ticket = ¿Está todo correcto?
form-answer-contract = Plan
form-answer-kind = Asunto
form-answer-text = Qué pasa
form-answer-phone = Teléfono
form-unlock-means = Internet vuelve por algunos días, hasta la fecha que dé el proveedor. Las cuentas siguen abiertas: pague antes de esa fecha para no quedar sin señal. El proveedor puede negarse si ya lo hizo hace poco.
form-do-unlock = Reconectar ahora
form-do-ticket = Abrir la atención
form-short = Escriba un poco más.
form-phone-wrong = Digite el código de área y el número, sin el cero.
notice-unlock-done = Internet reconectada en confianza
notice-unlock-done-do = Pague las cuentas abiertas para que no se suspenda de nuevo. Si no vuelve, apague y encienda el router.
notice-unlock-refused = El proveedor no reconectó ahora
notice-unlock-unknown = No sabemos si fue reconectada
notice-ticket-done = Atención abierta
notice-ticket-done-do = Guarde el protocolo. El equipo del proveedor lo llamará.
notice-ticket-refused = La atención no fue abierta
notice-ticket-unknown = No sabemos si la atención fue abierta
notice-refused-do = Nada cambió. Si tiene dudas, llame a Ayuda.
notice-unknown-do = Se pidió una vez y la respuesta no llegó. No pida de nuevo ahora: confirme con Ayuda.
notice-until = Hasta { $date }
notice-print = Imprimir
notice-more = Ver mis cuentas
help-plans = Aquí están sus planes y los avisos del proveedor. Un plan suspendido se puede tocar.
help-records = Vea la lista. Con las flechas cambia de página.
help-form = Responda una pregunta a la vez. Volver no borra lo que escribió.
help-notice = Lea el resultado y guarde el protocolo. Puede imprimir este aviso.

# Becoming a customer
identify-join = Quiero ser cliente
service-order = Pedir otro plan
form-consent = Vamos a preparar su pedido
form-consent-text = Vamos a preguntar la dirección, el plan, el CPF o CNPJ, el nombre y el contacto. Todo va solo al proveedor, que lo usa para preparar su contrato y hablar con usted, como la ley de datos (LGPD) permite. Este tótem no guarda nada de lo que usted escribe. Si no está de acuerdo, toque Volver.
form-do-consent = De acuerdo, continuar
form-cep = ¿Cuál es el CEP (código postal) del lugar?
form-address = ¿Es esta la dirección?
form-address-other = No, voy a escribirla
form-street = ¿Cuál es la calle?
form-number = ¿Cuál es el número? Sin número: S/N
form-complement = ¿Algo más? (bloque, departamento, casa)
form-district = ¿Cuál es el barrio?
form-city = ¿Cuál es la ciudad?
form-state = ¿Cuál es el estado? Solo las dos letras
form-product = ¿Qué plan quiere?
form-due-day = ¿Qué día quiere pagar?
form-tax-id = ¿Cuál es el CPF o CNPJ del titular?
form-name = ¿Cuál es el nombre completo del titular?
form-birth = ¿Cuándo nació el titular? Día, mes y año
form-email = ¿Cuál es su correo electrónico?
form-optional = Si no tiene, toque Continuar.
form-confirm-join = ¿Está todo bien para enviar?
form-confirm-order = ¿Pedir este plan?
form-do-join = Enviar el pedido
form-do-order = Enviar el pedido
form-answer-address = Dirección
form-answer-due-day = Día de pago
form-answer-tax-id = CPF o CNPJ
form-answer-name = Nombre
form-answer-birth = Nacimiento
form-answer-email = Correo
form-cep-wrong = El CEP tiene 8 números.
form-number-wrong = Escriba el número de la casa, o S/N.
form-state-wrong = Escriba las dos letras del estado, como MG.
form-tax-id-wrong = Ese número no es correcto. Vea si lo escribió bien.
form-name-wrong = Escriba el nombre y el apellido.
form-date-wrong = Esa fecha no existe. Escriba día, mes y año.
form-email-wrong = Falta algo en el correo, como la @.
form-gone = Lo que usted había elegido ya no está en la lista. Elija de nuevo.
trouble-n1 = No hay plan a la venta en esta dirección.
trouble-n1-do = Vea si el CEP está bien, o hable con Ayuda.
notice-join-done = Pedido enviado
notice-join-done-do = El equipo del proveedor le va a llamar para combinar el resto.
notice-join-refused = El proveedor no aceptó el pedido
notice-join-unknown = No sabemos si el pedido llegó
notice-order-done = Pedido enviado
notice-order-refused = El proveedor no aceptó el pedido
notice-order-unknown = No sabemos si el pedido llegó

# The technician's panel
technician-pin-title = Panel del técnico: digite el PIN
technician-pin-checking = Verificando…
technician-pin-wrong = Este PIN no es de nadie.
technician-pin-none = No hay ningún PIN. Use: totem technician set-pin
technician-pin-locked = { $minutes ->
    [1] Demasiados intentos. Espere 1 minuto.
   *[other] Demasiados intentos. Espere { $minutes } minutos.
}
technician-title = Panel del técnico · { $by }
technician-printer = Impresora
technician-tef = TEF
technician-erp = ERP
technician-journal = Diario
technician-works = funciona
technician-fails = no funciona
technician-unknown = aún no se sabe
technician-counts = Abiertos: { $open } · necesitan una persona: { $person }
technician-out = Fuera de servicio
technician-walked = Diario verificado el { $when } ({ $facts } hechos)
technician-person = Necesitan una persona
technician-bill = PDF de la factura { $bill }
technician-open = Pagos abiertos
technician-receipts = Comprobantes de nuevo
technician-verify = Verificar el diario
technician-test-print = Imprimir una prueba
technician-clear-paper = Confirmo: no queda papel dentro
technician-not-released = La impresora sigue parada: quite todo el papel, cierre la tapa y confirme otra vez.
technician-paper-ready = lista
technician-paper-low = se acaba el papel
technician-paper-out = sin papel
technician-paper-cover-open = tapa abierta
technician-paper-cutter = guillotina trabada
technician-paper-overheated = cabezal caliente
technician-paper-fault = averiada
technician-paper-offline = fuera de línea
technician-paper-held = papel de otro cliente dentro
technician-paper-awaited = todavía puede salir un papel anterior
technician-paper-no-fence = no responde a la cerca (GS r 1): ejecute “totem printer probe”
technician-paper-mute = no responde
technician-paper-garbled = responde sin sentido
technician-paper-absent = no encontrada
technician-paper-in-use = la usa otro programa
technician-paper-denied = sin permiso en el puerto
technician-paper-unknown = todavía no se sabe
technician-stop = Poner fuera de servicio
technician-resume = Volver al servicio
technician-resolve = Resolver
technician-copy = Imprimir segunda copia
technician-choose = Toque un pago para verlo completo.
technician-nothing = Nada en esta lista.
technician-resolve-title = ¿Qué se hizo con { $protocol }?
technician-resolve-by = Queda en el diario como decisión de { $by }.
technician-recorded = Registrado en el diario.
technician-not-recorded = No quedó registrado.
technician-changed = Cambió desde que se mostró: véalo de nuevo. No quedó registrado.
technician-verifying = Verificando todo el diario…
technician-journal-whole = El diario está íntegro.
technician-journal-broken = El diario no está como fue escrito: no se acepta ningún pago.
technician-not-verified = El diario no se pudo leer ahora.
technician-not-read = El diario no respondió.
technician-cards = Mesa de tarjetas
technician-again = Consultar de nuevo
technician-menu = Menú del TEF
technician-reverse = Devolver la venta con tarjeta
technician-reverse-title = ¿Por qué se devuelve { $protocol }?
technician-cards-waiting = Esperan confirmación: { $count }
technician-cards-untold = El TEF no dice qué espera confirmación.
technician-terminal-reverse = Devolución de { $protocol }
technician-terminal-menu = Menú del TEF
technician-terminal-follow = Siga el pinpad. No apague el tótem.
technician-reversed = Devuelto, y confirmado al TEF.
technician-reversed-unprinted = Devuelto. El papel no salió: imprima la segunda copia cuando vuelva la impresora.
technician-not-reversed = No se devolvió.
technician-reversal-unclear = El TEF aún no dijo si lo devolvió. El tótem sigue preguntando; no lo repita.
technician-terminal-busy = La terminal está ocupada o no respondió. Intente de nuevo en un momento.
technician-menu-done = Hecho en el menú del TEF.
technician-menu-nothing = Nada se hizo en el menú del TEF.
technician-menu-unclear = El TEF no dijo cómo terminó. Consulte de nuevo antes de repetir.
technician-machine = Máquina y soporte
technician-network = Red
technician-log = Últimos avisos
technician-carry = Paquete de soporte en el pendrive
technician-louder = Más volumen
technician-softer = Menos volumen
technician-brighter = Más brillo
technician-darker = Menos brillo
technician-restart = Reiniciar la máquina
technician-power-off = Apagar la máquina
technician-restart-sure = ¿Reiniciar la máquina ahora?
technician-power-off-sure = ¿Apagar la máquina ahora?
technician-yes = Sí, ahora
technician-no = No
technician-sound = Volumen: { $percent }%
technician-light = Brillo: { $percent }%
technician-working = Un momento…
technician-carried = El paquete está en el pendrive. Ya puede sacarlo.
technician-not-carried = El paquete no fue grabado.
technician-halting = La máquina va a parar ahora.
technician-not-halted = La máquina no aceptó.
technician-halt-refused = Hay un pago o un papel en camino. Espere a que termine.
technician-level-not-set = No cambió: el aparato no respondió.
technician-paper = Papel y rollo
technician-paper-changed = Cambié el rollo
technician-paper-since = Rollo cambiado el { $when } por { $by }
technician-paper-never = Nadie registró todavía un cambio de rollo.
technician-paper-count = Papeles desde entonces: cerca de { $count }
technician-language = Idioma inicial
technician-language-now = El tótem recibe en: { $language }
technician-language-chosen = Elegido en el panel el { $when } por { $by }
technician-language-by-configuration = Viene de la configuración.
technician-language-configured-as = En la configuración: { $language }
technician-language-configured = Como en la configuración
technician-pix = Mesa de PIX
technician-try-pix = Probar PIX: R$ 0,01, devuelto
technician-pix-other-bank = Otro banco
technician-pix-bank = Banco: { $bank }
technician-pix-how = Hace un cobro de R$ 0,01. Páguelo con un celular: el banco lo devuelve enseguida, y ninguna factura cambia.
technician-pix-none = No hay PIX configurado en este tótem.
technician-pix-nobody-gives-back = El PIX de aquí es el código del ERP o una clave fija: nadie puede devolver el centavo desde aquí, y por eso no hay prueba.
technician-pix-under-way = Pruebas que el banco aún no cerró: { $count }
technician-pix-asking = Pidiendo el cobro al banco…
technician-pix-pay = Páguelo con la aplicación de su banco.
technician-pix-going-back = Pagado. El banco lo está devolviendo…
technician-pix-not-tried = Este banco no se puede probar ahora.
technician-pix-try-refused = El banco no hizo el cobro.
technician-pix-try-unpaid = No fue pagado. El cobro se está retirando del banco.
technician-pix-try-back = El PIX funciona: R$ 0,01 recibido, y devuelto por el banco.
technician-pix-try-unclear = Recibido. El banco aún no dijo si lo devolvió: el tótem sigue preguntando.
technician-pix-try-kept = Recibido, y el banco no lo devuelve: vea “Necesitan una persona”.

# What is changed at the counter
service-negotiation = Negociar cuentas vencidas
service-due-day = Cambiar el día de vencimiento
service-visits = Visitas del técnico
service-contacts = Cambiar teléfono o correo
service-notifications = Avisos del proveedor
service-digital-invoice = Factura digital
service-pause = Pausar internet por un tiempo
service-app-password = Nueva clave de la aplicación
service-contract = Leer y aceptar el contrato
service-profile = Corregir nombre o dirección
visits-title = Visitas del técnico
visits-none = No hay visitas marcadas.
visits-opens = toque para cambiar
form-contract-due-day = ¿Qué plan cambia de vencimiento?
form-contract-read = ¿Qué contrato quiere leer?
form-contract-address = ¿De qué plan es la dirección?
form-profile-part = ¿Qué está mal?
form-contract-pause = ¿Qué plan quiere pausar?
form-new-due-day = ¿Qué día le queda mejor?
form-contact-kind = ¿Qué cambió?
form-new-phone = ¿Cuál es el teléfono nuevo, con código de área?
form-phone-again = Digite el teléfono nuevo una vez más
form-new-email = ¿Cuál es el correo nuevo?
form-email-again = Digite el correo nuevo una vez más
form-receive = ¿Quiere recibir los avisos del proveedor?
form-offer = ¿Cómo prefiere pagar?
form-visit-act = ¿Qué quiere hacer?
form-slot = ¿Cuándo puede ir el técnico?
form-technician-mark = De 0 a 10, ¿cómo fue el técnico?
form-solution-mark = De 0 a 10, ¿quedó resuelto el problema?
form-pause-from = ¿Desde qué día? Digite día, mes y año
form-pause-days = ¿Por cuántos días?
form-password = Digite su clave del proveedor
form-confirm-due-day = ¿Cambiar el vencimiento?
form-confirm-notifications = ¿Está correcto?
form-confirm-digital-invoice = ¿Pasar a la factura digital?
form-confirm-negotiation = ¿Cerrar este acuerdo?
form-confirm-move-visit = ¿Cambiar la visita?
form-confirm-cancel-visit = ¿Cancelar la visita?
form-confirm-rate-visit = ¿Enviar la evaluación?
form-confirm-pause = ¿Pausar este plan?
form-confirm-app-password = ¿Pedir una clave nueva?
form-confirm-accept = ¿Aceptar este contrato?
form-confirm-profile = ¿Enviar este pedido?
form-do-change = Confirmar
form-do-negotiation = Cerrar el acuerdo
form-do-cancel-visit = Cancelar la visita
form-do-app-password = Enviar por SMS
form-do-accept = Acepto
form-due-day-means = Las cuentas pasan a vencer el día nuevo. La próxima todavía puede venir con el día de antes.
form-digital-invoice-means = La cuenta deja de venir en papel. El proveedor confirma el cambio por correo.
form-negotiation-means = Las cuentas vencidas salen y las cuotas de arriba quedan en su lugar. Los valores son del proveedor.
form-cancel-visit-means = El proveedor cancela la visita o deshace el último cambio de fecha. Después le mostramos cómo quedó.
form-pause-means = Internet queda sin señal durante la pausa. El proveedor puede negarse.
form-app-password-means = La clave nueva va por SMS a su teléfono registrado. No aparece aquí. La anterior deja de valer.
form-accept-means = Usted leyó el contrato hasta la última página. Su aceptación va ahora al proveedor.
form-profile-means = Es un pedido: el equipo del proveedor lo revisa y cambia su registro.
form-answer-receive = Avisos
form-answer-offer = Acuerdo
form-answer-visit = Visita
form-answer-slot = Nuevo horario
form-answer-technician-mark = Nota del técnico
form-answer-solution-mark = Nota de la solución
form-answer-pause-from = Desde
form-answer-pause-days = Cuántos días
form-different = No es igual a lo que digitó antes.
form-day-wrong = Digite un día después de hoy, dentro de un año.
form-mark-wrong = Este número no sirve aquí.
form-send-to = ¿Adónde va la factura?
option-send-email = A mi correo registrado
option-send-sms = Por SMS, a mi celular registrado
option-send-push = A la aplicación del proveedor
option-other-email = También a otro correo
option-other-phone = También a otro celular, por SMS
form-other-email = ¿Cuál es el otro correo?
form-other-phone = ¿Cuál es el otro celular?
form-code = Escriba el código que enviamos
form-code-wrong = Este código no coincide, o ya venció.
form-code-refused = No se pudo enviar un código allí. Verifique.
form-code-none = No pudimos enviar el código ahora.
form-codes-many = Ya se pidieron muchos códigos. Intente más tarde.
form-mobile = El código va por SMS: escriba un celular.
option-phone = Teléfono
option-name = Mi nombre
option-address = Mi dirección
option-email = Correo
option-contact-known = Hoy: { $value }
option-contact-none = Ninguno registrado
option-on = Sí, quiero recibir
option-off = No quiero recibir
option-move = Cambiar de día
option-cancel = Cancelar la visita
option-rate = Evaluar
detail-day = Día { $day }
detail-billed = Cuenta del día { $from } al día { $to }
detail-same-month = vence en el mismo mes
detail-next-month = vence en el mes siguiente
detail-once = De una vez: { $amount }
detail-times = { $count } cuotas de { $amount }
detail-offer = Total { $total } · la primera el { $date }
detail-today = Hoy { $count } cuentas suman { $amount }
detail-fine = Multa: { $amount }
detail-interest = Interés: { $amount }
detail-discount = Descuento: { $amount }
detail-total = Total del acuerdo: { $amount }
detail-part = { $amount } el { $date }
detail-morning = por la mañana
detail-afternoon = por la tarde
detail-hours = de { $from } a { $to }
detail-no-day = sin día marcado
detail-owes = No se puede pausar: hay una cuenta abierta
detail-rested = No se puede pausar: ya fue pausado hace menos de un año
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom
notice-due-day-done = Vencimiento cambiado
notice-due-day-done-do = Las cuentas pasan a vencer el día nuevo. La próxima todavía puede venir con el día de antes.
notice-contacts-done = Contacto cambiado
notice-contacts-done-do = El proveedor pasa a usar el contacto nuevo.
notice-notifications-done = Su elección fue guardada
notice-notifications-done-do = Puede cambiarla cuando quiera.
notice-digital-invoice-done = Factura digital activada
notice-digital-invoice-done-do = El proveedor confirma el cambio por correo.
notice-negotiation-done = Acuerdo hecho
notice-negotiation-done-do = Las cuentas nuevas quedan en lugar de las vencidas. La primera cuota ya se puede pagar aquí.
notice-negotiation-otherwise = El acuerdo salió con otros valores
notice-negotiation-otherwise-do = El proveedor hizo el acuerdo con valores o fechas diferentes de los que aceptó. Confirme con la Ayuda antes de pagar.
notice-pay-first = Pagar la primera cuota ahora
notice-move-visit-done = Visita cambiada
notice-move-visit-done-do = Deje a alguien en casa en el horario nuevo.
notice-cancel-visit-done = Visita cancelada
notice-cancel-visit-done-do = Si todavía necesita al técnico, marque otro día.
notice-cancel-visit-stands = La visita sigue marcada
notice-cancel-visit-stands-do = El proveedor aceptó el pedido, pero la visita sigue en ese día: puede haber deshecho solo el cambio de fecha. Si no quiere al técnico, llame a la Ayuda.
notice-visit-on = La visita es el { $date }
notice-rate-visit-done = Gracias por la evaluación
notice-rate-visit-done-do = El proveedor recibió sus notas.
notice-pause-done = Pausa marcada
notice-pause-done-do = Internet se detiene ese día y vuelve al final de la pausa.
notice-app-password-done = Clave nueva en camino
notice-app-password-done-do = Llega por SMS a su teléfono registrado.
notice-accept-done = Contrato aceptado
notice-accept-done-do = El proveedor registró su aceptación.
notice-requested = Pedido enviado
notice-requested-do = El equipo del proveedor hará el cambio. Hasta entonces vale lo anterior.
notice-change-refused = El proveedor no lo aceptó ahora
notice-change-unknown = No sabemos si fue hecho
notice-due-day-none = No hay otro día para elegir
notice-negotiation-none = El proveedor no tiene acuerdo para estas cuentas
notice-negotiation-none-do = Puede pagar las cuentas como están o llamar a Ayuda.
notice-slots-none = No hay otro horario libre ahora
notice-pause-none = Ningún plan se puede pausar
notice-nothing-do = Nada cambió. Si lo necesita, llame a Ayuda.
technician-try-card = Probar la tarjeta: R$ 0,01, anulado
technician-try-undone = La tarjeta funciona: R$ 0,01 aprobado, y anulado.
technician-try-kept = Aprobado, y este TEF no anula: devuelva R$ 0,01 en el menú del TEF.
technician-try-refused = La venta de prueba no fue aprobada.
technician-try-unclear = El TEF no dijo cómo terminó. Lo que aprobó será anulado.

# El comprobante y los documentos por el correo del propio proveedor; { $to } es la dirección registrada, cubierta.
letter-sending = Enviando a { $to }…
letter-sent = Enviado a { $to }. Mire si llegó.
letter-refused = No se envió a { $to }. Intente de nuevo o imprima.
letter-unknown = No sabemos si se envió a { $to }. Mire si llegó.
letter-too-many = Ya enviamos muchos papeles en esta hora. Intente más tarde o imprima.
letter-too-large = Este documento es demasiado grande para un correo. Imprima.
document-send = Enviar a { $to }
paid-email = Recibir por correo
paid-sms = Recibir por SMS
form-paper-by = ¿Cómo lo quiere recibir?
option-print-paper = En papel, ahora
letter-receipt-subject = { $provider }: comprobante del pago { $protocol }
letter-receipt =
    Adjunto está el comprobante del pago hecho en el tótem de { $provider }.

    Valor: { $amount }
    { $method }
    Fecha y hora: { $date }, { $time }
    Protocolo: { $protocol }

    { $state }

    Este mensaje se pidió en el tótem y es automático: no hace falta responder.
letter-document-subject = { $provider }: { $document }
letter-document =
    Adjunto está el documento que se pidió en el tótem de { $provider }: { $document }.

    Este mensaje es automático: no hace falta responder.
letter-bill = su factura
letter-fiscal-note = su factura fiscal
letter-annual-settlement = la liquidación anual
letter-contract = su contrato
sms-receipt = { $provider }: recibimos { $amount } el { $date } por { $method }. Protocolo { $protocol }.
sms-pix = PIX
sms-debit = débito
sms-credit = crédito
sms-voucher = beneficios
sms-wallet = PIX o billetera
sms-owed = Se está registrando.
sms-by-erp = El banco lo registra.
sms-by-hand = El personal lo registrará.
