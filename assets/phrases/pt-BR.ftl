### What the totem says. Plain, short, kind; no jargon, no blame. Every id has a dash: a test looks for them in the code.

language-name = Português

nav-back = Voltar
nav-cancel = Cancelar
nav-leave = Sair
nav-help = Ajuda
nav-continue = Continuar
nav-retry = Tentar de novo
nav-page = { $page } de { $pages }
nav-protocol = Protocolo { $protocol }

key-clear = Limpar
key-letters = ABC
key-digits = 123
key-larger = Letra maior
key-smaller = Letra normal

identify-title = Pague sua conta aqui
identify-ask = Digite o CPF ou CNPJ do titular
identify-scan = ou passe o código de barras do boleto no leitor
identify-privacy = Usamos o CPF só para achar a conta. Ele some da tela quando você terminar.
identify-short = Faltam números. O CPF tem 11 e o CNPJ tem 14.
identify-wrong = Esse número não confere. Veja se digitou certo e tente de novo.
identify-scan-unknown = Não reconhecemos esse código. Digite o CPF ou CNPJ.
identify-scanned = Código lido. Agora digite o CPF ou CNPJ do titular.
identify-scan-half = A leitura veio pela metade. Passe o código de novo, devagar.
identify-scan-stranger = Este código não é de uma conta em aberto aqui: ela pode já estar paga, ou ser de outra empresa. Confira o papel ou digite o CPF.
invoices-scan-missing = A conta do código lido não está entre as suas em aberto: ela pode já estar paga, ou ser de outra empresa.
invoices-scan-unasked = Não conseguimos conferir o código lido agora. Escolha a conta na lista.
invoices-scan-unknown = Não reconhecemos esse código. Escolha a conta na lista.
search-scan = Procurando a conta do código…
identify-locked = { $minutes ->
    [0] Já pode tentar de novo.
    [1] Muitas tentativas. Espere 1 minuto e tente de novo.
   *[other] Muitas tentativas. Espere { $minutes } minutos e tente de novo.
}

verify-title = Só para confirmar que é você
verify-birth = Digite o dia e o mês do nascimento do titular
verify-birth-example = Quem nasceu em 10 de maio digita 1005
verify-phone = Digite os 4 últimos números do telefone do cadastro
verify-code-sms = Se houver um celular neste cadastro, ele recebe um código por SMS. Digite os 6 números.
verify-code-email = Se houver um e-mail neste cadastro, ele recebe um código. Digite os 6 números.
verify-code-hint = Vale por 5 minutos. Se não chegar em 30 segundos, você pode pedir outro.
verify-code-again = Pedir outro código
code-letter-subject = { $provider }: o seu código
code-letter = { $provider }: o seu código é { $code }. Vale por 5 minutos, uma vez só. Não passe a ninguém.

search-customer = Procurando sua conta…
search-bill = Conferindo o valor de hoje…
search-boleto = Buscando o boleto…
search-document = Buscando o documento…
search-pix = Preparando o PIX…
search-slow = Está demorando mais que o normal. Você pode esperar ou cancelar.

hello-customer = Olá, { $name }
contracts-title = Qual contrato você quer ver?

invoices-title = O que você quer pagar hoje?
invoices-total = Total a pagar
invoices-count = { $count ->
    [0] Toque nas contas que quer pagar
    [1] 1 conta escolhida
   *[other] { $count } contas escolhidas
}
invoices-changed = O valor mudou desde a última vez. Confira antes de pagar.
invoices-chosen = Escolhida
invoices-not-chosen = Toque para escolher
invoices-settling = Pagamento em andamento. Não pague de novo.
invoices-unknown = Pague com o boleto ou o PIX desta conta. Toque em Ver.
invoices-details = Ver
invoices-pay = Pagar { $amount }

due-overdue = { $days ->
    [1] Venceu ontem ({ $date })
   *[other] Venceu há { $days } dias ({ $date })
}
due-on = Vence em { $date }
charge-both = Com multa de { $fine } e juros de { $interest }
charge-fine = Com multa de { $fine }
charge-interest = Com juros de { $interest }
charge-discount = Com desconto de { $discount }

invoice-title = Sua conta
invoice-number = Número { $number }
invoice-original = Valor da conta
invoice-fine = Multa
invoice-interest = Juros
invoice-discount = Desconto
invoice-today = Valor hoje
invoice-amount-unknown = Veja no boleto
invoice-show-boleto = Ver o boleto
invoice-show-document = Ver a fatura completa (PDF)

method-title = Como você quer pagar?
method-pix = PIX
method-debit = Cartão de débito
method-credit = Cartão de crédito
method-voucher = Cartão de benefícios
method-wallet = PIX ou carteira digital
method-boleto = Boleto
method-pix-hint = Com o celular, na hora
method-debit-hint = Na maquininha ao lado
method-credit-hint = Na maquininha ao lado
method-voucher-hint = Na maquininha ao lado
method-wallet-hint = Com o celular, na hora
method-boleto-hint = Para pagar depois

why-no-receipt = Sem papel para o comprovante agora
why-no-tef = A maquininha não está respondendo agora
why-no-erp = O sistema está fora do ar agora
why-no-code = Esta conta não tem código para isso
why-no-write-off = O provedor não aceita esta forma neste totem
why-too-small = O valor é pequeno para parcelar
why-settling = Um pagamento anterior ainda está em andamento
why-unknown = Não está disponível agora
notice-no-receipt = Hoje sem cartão: falta papel para o comprovante. O PIX funciona.
notice-no-tef = Hoje sem cartão: a maquininha não responde. O PIX funciona.
notice-no-erp = O sistema está fora do ar agora. Tente daqui a pouco.
notice-settling = Estamos terminando um pagamento anterior. O cartão volta em instantes.

instalments-title = Em quantas vezes?
instalments-once = À vista
instalments-times = { $count } vezes de { $amount }
instalments-by-issuer = { $count }x, com juros do seu cartão

pix-title = Pague com PIX
pix-open = Abra o aplicativo do seu banco
pix-scan = Escolha PIX e aponte a câmera para o código
pix-wait = Confirme e espere aqui
pix-by-person = Depois de pagar, guarde o comprovante do seu banco. Nossa equipe confere e registra o pagamento.
pix-by-itself = Esta tela avisa sozinha quando o pagamento chegar.
pix-expires = O código vale por mais { $time }
pix-no-picture = Este código é longo demais para a tela. Cancele e escolha outra forma de pagar.
pix-print = Imprimir o código

card-title-debit = Pague no débito
card-title-credit = Pague no crédito
card-title-voucher = Pague com o cartão de benefícios
card-title-wallet = Pague com PIX ou carteira
card-title-instalments = Pague no crédito em { $count } vezes
card-follow = Siga as instruções da maquininha
card-printing = Imprimindo seu comprovante…
card-wait = Um instante…
card-yes = Sim
card-no = Não
card-answer = Confirmar
card-digits-exact = Digite { $max } números
card-digits = { $min ->
    [0] Digite até { $max } números
   *[other] Digite de { $min } a { $max } números
}

boleto-title = Seu boleto
boleto-copy = Pague no aplicativo do banco: digite estes números ou aponte a câmera para as barras.
boleto-pix = Ou pague com PIX por este código
boleto-print = Imprimir o boleto
boleto-show-document = Ver o PDF da fatura
print-running = Imprimindo…
print-done = Pronto! Retire o papel abaixo.
print-failed = Não conseguimos imprimir.
send-email = Enviar ao meu e-mail
send-choose = Enviar a conta
send-sms = Enviar por SMS ao meu celular
send-push = Enviar ao aplicativo
send-running = Enviando…
send-done = Enviado! Veja a sua caixa de entrada.
send-refused = Não foi enviado. Tocar para tentar de novo.
send-unknown = Não sabemos se foi enviado. Veja se chegou.

document-bill = Sua fatura
document-fiscal-note = Sua nota fiscal
document-annual-settlement = Quitação anual
document-contract = Seu contrato
document-page = Página { $page } de { $pages }
document-part = Página { $page } de { $pages }, parte { $part } de { $parts }
document-failed = Esta página não pôde ser aberta. Veja as outras ou volte.
document-previous = Anterior
document-next = Próxima
document-zoom = Aumentar
document-whole = Página inteira
document-print = Imprimir esta página
document-accept = Aceitar o contrato
document-read-on = Para aceitar, leia até a última página

confirming-title = Estamos confirmando seu pagamento
confirming-do = Não pague de novo.
confirming-more = Anote o protocolo ou tire uma foto desta tela. Se precisar, ligue para a Ajuda.

undone-title = Seu cartão não foi cobrado
undone-do = A compra foi desfeita e nada será cobrado. Sua conta continua em aberto.
undone-pending-title = O pagamento não foi concluído
undone-pending-do = Pedimos à operadora para desfazer a compra. Se o valor aparecer no cartão, ele será devolvido. Guarde o protocolo.
undone-network = { $network } · NSU { $nsu }

paid-title = Pagamento recebido. Obrigado!
paid-pix = Pago com PIX
paid-debit = Pago no cartão de débito
paid-credit = Pago no cartão de crédito
paid-voucher = Pago com cartão de benefícios
paid-wallet = Pago com PIX ou carteira digital
paid-settled = O pagamento já está registrado na sua conta.
paid-owed = O pagamento está sendo registrado na sua conta. Você não precisa fazer mais nada.
paid-by-erp = O banco avisa o provedor sozinho. Você não precisa fazer mais nada.
paid-by-hand = O pagamento foi recebido. A baixa será feita pelo atendimento. Não pague de novo.
paid-service-returns = Sua internet volta assim que o provedor liberar. Se não voltar, desligue e ligue o roteador.
paid-service-in = { $minutes ->
    [1] Sua internet volta em até 1 minuto. Se não voltar, desligue e ligue o roteador.
   *[other] Sua internet volta em até { $minutes } minutos. Se não voltar, desligue e ligue o roteador.
}
paid-service-waits = Sua internet volta quando o provedor registrar o pagamento.
paid-print = Imprimir comprovante
paid-none = Não quero comprovante
paid-more = Pagar outra conta
paid-leave = Terminar

trouble-c1 = Não encontramos conta com esses dados.
trouble-c1-do = Confira os números e tente de novo. Se continuar assim, ligue para a Ajuda.
trouble-c2 = Você não tem nenhuma conta em aberto.
trouble-c2-do = Está tudo em dia. Obrigado!
trouble-c3 = Esta conta já foi paga.
trouble-c3-do = Nada foi cobrado agora. Se tiver dúvida, ligue para a Ajuda.
trouble-c4 = Muitas tentativas seguidas.
trouble-c4-do = { $minutes ->
    [0] Já pode tentar de novo. Se precisar, ligue para a Ajuda.
    [1] Espere 1 minuto e tente de novo. Se precisar, ligue para a Ajuda.
   *[other] Espere { $minutes } minutos e tente de novo. Se precisar, ligue para a Ajuda.
}
trouble-c5 = Um pagamento desta conta ainda está sendo processado.
trouble-c5-do = Não pague de novo. Se tiver dúvida, ligue para a Ajuda.
trouble-c6 = Não conseguimos enviar o código agora.
trouble-c6-do = Tente de novo daqui a pouco. Se precisar, ligue para a Ajuda.
trouble-c7 = Já foram pedidos muitos códigos.
trouble-c7-do = Tente de novo mais tarde. Se precisar, ligue para a Ajuda.
trouble-j1 = O totem não pode começar um pagamento agora.
trouble-j1-do = Nada foi cobrado. Pague de outra forma, ou ligue para a Ajuda.
trouble-e1 = Não conseguimos falar com o sistema agora.
trouble-e1-do = Nada foi cobrado. Espere um pouco e tente de novo.
trouble-e2 = O sistema não respondeu como esperado.
trouble-e2-do = Nada foi cobrado. Espere um pouco e tente de novo.
trouble-t1 = O cartão não foi aceito.
trouble-t1-do = Nada foi cobrado. Tente outro cartão ou pague com PIX.
trouble-t2 = O pagamento foi cancelado.
trouble-t2-do = Nada foi cobrado. Você pode tentar de novo quando quiser.
trouble-t3 = A maquininha não está respondendo.
trouble-t3-do = Nada foi cobrado. Você pode pagar com PIX ou com o boleto.
trouble-p1 = Não conseguimos gerar o código PIX.
trouble-p1-do = Nada foi cobrado. Tente de novo ou pague com o boleto.
trouble-p2 = O tempo deste código PIX acabou.
trouble-p2-do = Se você já pagou, não pague de novo: o pagamento será reconhecido. Se não pagou, gere um novo código.
trouble-b1 = Não conseguimos buscar o boleto.
trouble-b1-do = Tente de novo ou escolha outra forma de pagar.
trouble-b2 = Não conseguimos abrir este documento.
trouble-b2-do = Nada foi cobrado. Você ainda pode pagar aqui; para receber o documento, ligue para a Ajuda.
trouble-b3 = Este documento não confere com a sua conta.
trouble-b3-do = Por segurança ele não foi aberto. Não pague por ele. Nossa equipe foi avisada; você pode pagar aqui normalmente.
trouble-code = Código { $code }
help-phone = Ajuda: { $phone }

still-title = Você ainda está aí?
still-left = { $seconds ->
    [1] Esta tela fecha em 1 segundo
   *[other] Esta tela fecha em { $seconds } segundos
}
still-stay = Sim, continuar

closed-title = Este totem está fora de serviço
closed-journal = Não podemos receber pagamentos aqui agora. Nada do que já foi pago se perdeu.
closed-out = Estamos fazendo manutenção. Desculpe o transtorno.
closed-recovering-title = Já vamos começar
closed-recovering = Estamos conferindo os últimos pagamentos. Leva só um instante.
closed-else = Você pode pagar pelo PIX ou boleto da sua fatura, ou falar com um atendente.
closed-since = Desde { $when }
closed-hours-title = A loja está fechada agora
closed-hours = O totem funciona no horário da loja.
closed-opens-today = Abrimos hoje às { $time }
closed-opens-tomorrow = Abrimos amanhã às { $time }
closed-opens-on = Abrimos { $day }, { $date }, às { $time }
weekday-monday = segunda-feira
weekday-tuesday = terça-feira
weekday-wednesday = quarta-feira
weekday-thursday = quinta-feira
weekday-friday = sexta-feira
weekday-saturday = sábado
weekday-sunday = domingo

# Other services
services-title = O que mais você precisa?
services-more = Outros serviços
service-receipts = Segunda via de comprovante
receipts-title = Seus pagamentos neste totem
receipts-choose = Toque em um pagamento para ter o comprovante de novo.
receipts-none = Não há pagamentos seus neste totem.
receipts-no-paper = A impressora está sem papel. Volte mais tarde ou ligue para a Ajuda.

help-title = Precisa de ajuda?
help-close = Toque em Ajuda de novo para fechar
help-identify = Toque nos números para digitar o CPF ou CNPJ de quem assina a internet.
help-verify = Responda com as teclas de números. É só para ter certeza de que é você.
help-searching = Espere um instante. Se demorar, você pode cancelar.
help-contracts = Toque no contrato que você quer ver.
help-invoices = Toque nas contas que você quer pagar e depois em Pagar.
help-invoice = Confira a conta. Você pode pagar agora ou voltar para as outras.
help-method = Toque no jeito de pagar que você prefere.
help-instalments = Toque em quantas vezes você quer pagar.
help-pix = Feche a ajuda para ver o código. No aplicativo do banco, escolha PIX e aponte a câmera para ele.
help-card = Faça o que a maquininha pede: ela diz quando pôr o cartão e quando digitar a senha.
help-boleto = Feche a ajuda para ver o boleto. Pague no aplicativo do banco ou imprima aqui.
help-document = Feche a ajuda para ver o documento. Toque em Aumentar para ler em letras maiores, parte por parte.
help-confirming = Não pague de novo. Anote o protocolo: com ele nós encontramos o seu pagamento.
help-undone = Guarde o protocolo. Você pode tentar de novo ou sair.
help-paid = Seu pagamento foi recebido. Imprima o recibo, se quiser, e termine.
help-services = Toque no que você precisa, ou volte para as contas.
help-receipts = Toque em um pagamento: o comprovante dele sai de novo, marcado como segunda via.
help-trouble = Feche a ajuda para ler o que aconteceu e o que fazer agora.
tray-take = Este é o papel que saiu. Toque para pegar.

# What is asked of the provider
search-service = Perguntando ao provedor…
search-change = Fazendo o pedido ao provedor. Espere um instante…
key-space = espaço
service-plans = Meus planos
service-unlock = Religar em confiança
service-tickets = Atendimentos
service-paid-bills = Contas pagas
plans-title = Seus planos
plans-unlock = Toque no plano suspenso para pedir o desbloqueio em confiança.
plans-incomplete = O provedor não respondeu tudo agora. Pode haver mais avisos.
plan-active = Ativo
plan-suspended = Suspenso
plan-suspended-unlock = Suspenso · toque para religar em confiança
plan-on-trust = Religado em confiança
plan-cancelled = Cancelado
tickets-title = Seus atendimentos
tickets-none = Nenhum atendimento encontrado.
tickets-new = Abrir um atendimento
paid-bills-title = Contas que você já pagou
paid-bills-none = O provedor não mostra nenhuma conta paga.
statement-print = Imprimir as mais recentes
service-fiscal-notes = Notas fiscais
service-annual-settlements = Quitação anual
notes-title = Suas notas fiscais
notes-none = O provedor não mostra nenhuma nota fiscal.
notes-number = Nota { $number }
settlements-title = Quitação anual de débitos
settlements-none = O provedor não mostra nenhum ano quitado.
settlements-year = Ano de { $year }
settlement-slip = tocar para ter uma via
paper-opens = tocar para abrir
paper-none = sem arquivo aqui; peça no atendimento
form-contract-unlock = Qual plano você quer religar?
form-contract-ticket = O atendimento é sobre qual plano?
form-kind = Qual é o assunto?
form-text = Conte em poucas palavras o que acontece
form-phone = Qual telefone, com DDD, podemos chamar?
form-confirm-unlock = Religar em confiança?
form-confirm-ticket = Está tudo certo?
form-answer-contract = Plano
form-answer-kind = Assunto
form-answer-text = O que acontece
form-answer-phone = Telefone
form-unlock-means = A internet volta por alguns dias, até a data que o provedor der. As contas continuam em aberto: pague antes dessa data para não ficar sem sinal. O provedor pode recusar, se já liberou há pouco tempo.
form-do-unlock = Religar agora
form-do-ticket = Abrir o atendimento
form-short = Escreva um pouco mais.
form-phone-wrong = Digite o DDD e o número, sem o zero.
notice-unlock-done = Internet religada em confiança
notice-unlock-done-do = Pague as contas em aberto para não ser suspensa de novo. Se o sinal não voltar, desligue e ligue o roteador.
notice-unlock-refused = O provedor não religou agora
notice-unlock-unknown = Não sabemos se foi religada
notice-ticket-done = Atendimento aberto
notice-ticket-done-do = Guarde o protocolo. A equipe do provedor vai chamar você.
notice-ticket-refused = O atendimento não foi aberto
notice-ticket-unknown = Não sabemos se o atendimento foi aberto
notice-refused-do = Nada mudou. Se tiver dúvida, ligue para a Ajuda.
notice-unknown-do = O pedido foi feito uma vez, e a resposta não veio. Não peça de novo agora: confirme com a Ajuda.
notice-until = Até { $date }
notice-print = Imprimir
notice-more = Ver minhas contas
help-plans = Aqui estão seus planos e os avisos do provedor. Um plano suspenso pode ser tocado.
help-records = Veja a lista. Com as setas você muda de página.
help-form = Responda uma pergunta por vez. Voltar não apaga o que você já escreveu.
help-notice = Leia o resultado e guarde o protocolo. Você pode imprimir este aviso.

# Becoming a customer
identify-join = Quero ser cliente
service-order = Pedir outro plano
form-consent = Vamos montar o seu pedido
form-consent-text = Vamos perguntar o endereço, o plano, o CPF ou CNPJ, o nome e o contato. Tudo vai só para o provedor, que usa para preparar o seu contrato e falar com você, como a LGPD permite. Este totem não guarda nada do que você digitar. Se não concorda, toque em Voltar.
form-do-consent = Concordo, continuar
form-cep = Qual é o CEP do lugar?
form-address = É este o endereço?
form-address-other = Não, vou digitar
form-street = Qual é a rua?
form-number = Qual é o número? Sem número: S/N
form-complement = Tem complemento? (bloco, apartamento, casa)
form-district = Qual é o bairro?
form-city = Qual é a cidade?
form-state = Qual é o estado? Só as duas letras
form-product = Qual plano você quer?
form-due-day = Em que dia quer pagar?
form-tax-id = Qual é o CPF ou CNPJ do titular?
form-name = Qual é o nome completo do titular?
form-birth = Em que data o titular nasceu? Dia, mês e ano
form-email = Qual é o seu e-mail?
form-optional = Se não tiver, toque em Continuar.
form-confirm-join = Está tudo certo para enviar?
form-confirm-order = Pedir este plano?
form-do-join = Enviar o pedido
form-do-order = Enviar o pedido
form-answer-address = Endereço
form-answer-due-day = Dia de pagar
form-answer-tax-id = CPF ou CNPJ
form-answer-name = Nome
form-answer-birth = Nascimento
form-answer-email = E-mail
form-cep-wrong = O CEP tem 8 números.
form-number-wrong = Digite o número da casa, ou S/N.
form-state-wrong = Digite as duas letras do estado, como MG.
form-tax-id-wrong = Esse número não confere. Veja se digitou certo.
form-name-wrong = Digite o nome e o sobrenome.
form-date-wrong = Essa data não existe. Digite dia, mês e ano.
form-email-wrong = Falta alguma coisa no e-mail, como o @.
form-gone = O que você tinha escolhido não está mais na lista. Escolha de novo.
trouble-n1 = Não há plano à venda neste endereço.
trouble-n1-do = Veja se o CEP está certo, ou fale com a Ajuda.
notice-join-done = Pedido enviado
notice-join-done-do = A equipe do provedor vai chamar você para combinar o resto.
notice-join-refused = O provedor não aceitou o pedido
notice-join-unknown = Não sabemos se o pedido chegou
notice-order-done = Pedido enviado
notice-order-refused = O provedor não aceitou o pedido
notice-order-unknown = Não sabemos se o pedido chegou

# The technician's panel
technician-pin-title = Painel do técnico: digite o PIN
technician-pin-checking = Conferindo…
technician-pin-wrong = Este PIN não é de ninguém.
technician-pin-none = Nenhum PIN foi definido. Use: totem technician set-pin
technician-pin-locked = { $minutes ->
    [1] Muitas tentativas. Espere 1 minuto.
   *[other] Muitas tentativas. Espere { $minutes } minutos.
}
technician-title = Painel do técnico · { $by }
technician-printer = Impressora
technician-tef = TEF
technician-erp = ERP
technician-journal = Diário
technician-works = funciona
technician-fails = não funciona
technician-unknown = ainda não se sabe
technician-counts = Em aberto: { $open } · precisam de uma pessoa: { $person }
technician-out = Fora de serviço
technician-walked = Diário conferido em { $when } ({ $facts } fatos)
technician-person = Precisam de uma pessoa
technician-bill = PDF da fatura { $bill }
technician-open = Pagamentos em aberto
technician-receipts = Comprovantes de novo
technician-verify = Conferir o diário
technician-test-print = Imprimir teste
technician-clear-paper = Confirmo: nenhum papel preso
technician-not-released = A impressora ainda está parada: tire todo papel, feche a tampa e confirme de novo.
technician-paper-ready = pronta
technician-paper-low = o papel está acabando
technician-paper-out = sem papel
technician-paper-cover-open = tampa aberta
technician-paper-cutter = guilhotina presa
technician-paper-overheated = cabeça quente
technician-paper-fault = com defeito
technician-paper-offline = fora de linha
technician-paper-held = papel de outro cliente preso
technician-paper-awaited = ainda pode sair um papel de antes
technician-paper-no-fence = não responde à cerca (GS r 1): rode “totem printer probe”
technician-paper-mute = não responde
technician-paper-garbled = responde sem sentido
technician-paper-absent = não encontrada
technician-paper-in-use = usada por outro programa
technician-paper-denied = sem licença na porta
technician-paper-unknown = ainda não se sabe
technician-stop = Tirar de serviço
technician-resume = Voltar ao serviço
technician-resolve = Resolver
technician-copy = Imprimir segunda via
technician-choose = Toque em um pagamento para ver tudo.
technician-nothing = Nada nesta lista.
technician-resolve-title = O que foi feito com { $protocol }?
technician-resolve-by = Fica registrado no diário como decisão de { $by }.
technician-recorded = Registrado no diário.
technician-not-recorded = Não foi registrado.
technician-changed = Mudou desde que foi mostrado: veja de novo. Não foi registrado.
technician-verifying = Conferindo o diário inteiro…
technician-journal-whole = O diário está íntegro.
technician-journal-broken = O diário não está como foi escrito: nenhum pagamento é aceito.
technician-not-verified = O diário não pôde ser lido agora.
technician-not-read = O diário não deu resposta.
technician-cards = Mesa de cartão
technician-again = Consultar de novo
technician-menu = Menu do TEF
technician-reverse = Estornar o cartão
technician-reverse-title = Por que estornar { $protocol }?
technician-cards-waiting = Esperam confirmação: { $count }
technician-cards-untold = O TEF não diz o que espera por confirmação.
technician-terminal-reverse = Estorno de { $protocol }
technician-terminal-menu = Menu do TEF
technician-terminal-follow = Siga o pinpad. Não desligue o totem.
technician-reversed = Estornado, e confirmado ao TEF.
technician-reversed-unprinted = Estornado. O papel não saiu: imprima a segunda via quando a impressora voltar.
technician-not-reversed = Não foi estornado.
technician-reversal-unclear = O TEF ainda não disse se estornou. O totem continua perguntando; não repita.
technician-terminal-busy = O terminal de cartão está ocupado ou não respondeu. Tente de novo em instantes.
technician-menu-done = Feito no menu do TEF.
technician-menu-nothing = Nada foi feito no menu do TEF.
technician-menu-unclear = O TEF não disse como terminou. Consulte de novo antes de repetir.
technician-machine = Máquina e suporte
technician-network = Rede
technician-log = Últimos avisos
technician-carry = Pacote de suporte no pen drive
technician-louder = Mais volume
technician-softer = Menos volume
technician-brighter = Mais brilho
technician-darker = Menos brilho
technician-restart = Reiniciar a máquina
technician-power-off = Desligar a máquina
technician-restart-sure = Reiniciar a máquina agora?
technician-power-off-sure = Desligar a máquina agora?
technician-yes = Sim, agora
technician-no = Não
technician-sound = Volume: { $percent }%
technician-light = Brilho: { $percent }%
technician-working = Um instante…
technician-carried = O pacote está no pen drive. Já pode tirar.
technician-not-carried = O pacote não foi gravado.
technician-halting = A máquina vai parar agora.
technician-not-halted = A máquina não aceitou.
technician-halt-refused = Há um pagamento ou um papel a caminho. Espere terminar.
technician-level-not-set = Não mudou: o aparelho não respondeu.
technician-paper = Papel e bobina
technician-paper-changed = Troquei a bobina
technician-paper-since = Bobina trocada em { $when } por { $by }
technician-paper-never = Ninguém registrou ainda uma troca de bobina.
technician-paper-count = Papéis desde então: cerca de { $count }
technician-language = Idioma inicial
technician-language-now = O totem recebe em: { $language }
technician-language-chosen = Escolhido no painel em { $when } por { $by }
technician-language-by-configuration = Vem da configuração.
technician-language-configured-as = Na configuração: { $language }
technician-language-configured = Como na configuração
technician-pix = Mesa do PIX
technician-try-pix = Testar PIX: R$ 0,01, devolvido
technician-pix-other-bank = Outro banco
technician-pix-bank = Banco: { $bank }
technician-pix-how = Faz uma cobrança de R$ 0,01. Pague com um celular: o banco devolve em seguida, e nenhuma fatura muda.
technician-pix-none = Não há PIX configurado neste totem.
technician-pix-nobody-gives-back = O PIX daqui é o código do ERP ou uma chave fixa: ninguém devolve o centavo por aqui, e por isso não há teste.
technician-pix-under-way = Testes que o banco ainda não terminou: { $count }
technician-pix-asking = Pedindo a cobrança ao banco…
technician-pix-pay = Pague com o aplicativo do seu banco.
technician-pix-going-back = Pago. O banco está devolvendo…
technician-pix-not-tried = Este banco não pode ser testado agora.
technician-pix-try-refused = O banco não fez a cobrança.
technician-pix-try-unpaid = Não foi pago. A cobrança está sendo retirada do banco.
technician-pix-try-back = O PIX funciona: R$ 0,01 recebido, e devolvido pelo banco.
technician-pix-try-unclear = Recebido. O banco ainda não disse se devolveu: o totem continua perguntando.
technician-pix-try-kept = Recebido, e o banco não devolve: veja em “Precisam de uma pessoa”.

# What is changed at the counter
service-negotiation = Negociar contas vencidas
service-due-day = Mudar o dia de vencimento
service-visits = Visitas do técnico
service-contacts = Mudar telefone ou e-mail
service-notifications = Avisos do provedor
service-digital-invoice = Conta digital
service-pause = Pausar a internet por um tempo
service-app-password = Nova senha do aplicativo
service-contract = Ler e aceitar o contrato
service-profile = Corrigir nome ou endereço
visits-title = Visitas do técnico
visits-none = Nenhuma visita marcada.
visits-opens = toque para mudar
form-contract-due-day = Qual plano muda de vencimento?
form-contract-read = Qual contrato você quer ler?
form-contract-address = De qual plano é o endereço?
form-profile-part = O que está errado?
form-contract-pause = Qual plano você quer pausar?
form-new-due-day = Qual dia fica melhor para você?
form-contact-kind = O que mudou?
form-new-phone = Qual é o telefone novo, com DDD?
form-phone-again = Digite o telefone novo mais uma vez
form-new-email = Qual é o e-mail novo?
form-email-again = Digite o e-mail novo mais uma vez
form-receive = Você quer receber os avisos do provedor?
form-offer = Como você prefere pagar?
form-visit-act = O que você quer fazer?
form-slot = Quando o técnico pode ir?
form-technician-mark = De 0 a 10, como foi o técnico?
form-solution-mark = De 0 a 10, o problema ficou resolvido?
form-pause-from = A partir de que dia? Digite dia, mês e ano
form-pause-days = Por quantos dias?
form-password = Digite a sua senha do provedor
form-confirm-due-day = Mudar o vencimento?
form-confirm-notifications = Está certo?
form-confirm-digital-invoice = Passar para a conta digital?
form-confirm-negotiation = Fechar este acordo?
form-confirm-move-visit = Remarcar a visita?
form-confirm-cancel-visit = Cancelar a visita?
form-confirm-rate-visit = Enviar a avaliação?
form-confirm-pause = Pausar este plano?
form-confirm-app-password = Pedir uma senha nova?
form-confirm-accept = Aceitar este contrato?
form-confirm-profile = Enviar este pedido?
form-do-change = Confirmar
form-do-negotiation = Fechar o acordo
form-do-cancel-visit = Cancelar a visita
form-do-app-password = Enviar por SMS
form-do-accept = Aceito
form-due-day-means = As contas passam a vencer no dia novo. A próxima ainda pode vir com o dia de antes.
form-digital-invoice-means = A conta deixa de vir em papel. O provedor confirma a mudança por e-mail.
form-negotiation-means = As contas vencidas saem, e as parcelas acima ficam no lugar delas. Os valores são do provedor.
form-cancel-visit-means = O provedor cancela a visita ou desfaz a última remarcação. Depois mostramos como ficou.
form-pause-means = A internet fica sem sinal durante a pausa. O provedor pode recusar.
form-app-password-means = A senha nova vai por SMS para o telefone do seu cadastro. Ela não aparece aqui. A senha antiga deixa de valer.
form-accept-means = Você leu o contrato até a última página. O aceite vai para o provedor agora.
form-profile-means = É um pedido: a equipe do provedor confere e muda o cadastro.
form-answer-receive = Avisos
form-answer-offer = Acordo
form-answer-visit = Visita
form-answer-slot = Novo horário
form-answer-technician-mark = Nota do técnico
form-answer-solution-mark = Nota da solução
form-answer-pause-from = A partir de
form-answer-pause-days = Quantos dias
form-different = Não é igual ao que você digitou antes.
form-day-wrong = Digite um dia depois de hoje, dentro de um ano.
form-mark-wrong = Este número não serve aqui.
form-send-to = Para onde vai a conta?
option-send-email = Ao meu e-mail do cadastro
option-send-sms = Por SMS, ao meu celular do cadastro
option-send-push = Ao aplicativo do provedor
option-other-email = Também a outro e-mail
option-other-phone = Também a outro celular, por SMS
form-other-email = Qual é o outro e-mail?
form-other-phone = Qual é o outro celular?
form-code = Digite o código que enviamos
form-code-wrong = Este código não confere, ou já venceu.
form-code-refused = Não foi possível enviar um código para cá. Confira.
form-code-none = Não conseguimos enviar o código agora.
form-codes-many = Já foram pedidos muitos códigos. Tente mais tarde.
form-mobile = O código vai por SMS: digite um celular com DDD.
option-phone = Telefone
option-name = Meu nome
option-address = Meu endereço
option-email = E-mail
option-contact-known = Hoje: { $value }
option-contact-none = Nenhum no cadastro
option-on = Sim, quero receber
option-off = Não quero receber
option-move = Remarcar
option-cancel = Cancelar a visita
option-rate = Avaliar
detail-day = Dia { $day }
detail-billed = Conta do dia { $from } ao dia { $to }
detail-same-month = vence no mesmo mês
detail-next-month = vence no mês seguinte
detail-once = À vista: { $amount }
detail-times = { $count } parcelas de { $amount }
detail-offer = Total { $total } · a primeira em { $date }
detail-today = Hoje { $count } contas somam { $amount }
detail-fine = Multa: { $amount }
detail-interest = Juros: { $amount }
detail-discount = Desconto: { $amount }
detail-total = Total do acordo: { $amount }
detail-part = { $amount } em { $date }
detail-morning = de manhã
detail-afternoon = à tarde
detail-hours = das { $from } às { $to }
detail-no-day = sem dia marcado
detail-owes = Não pode ser pausado: há conta em aberto
detail-rested = Não pode ser pausado: já foi pausado há menos de um ano
weekday-1 = seg
weekday-2 = ter
weekday-3 = qua
weekday-4 = qui
weekday-5 = sex
weekday-6 = sáb
weekday-7 = dom
notice-due-day-done = Vencimento mudado
notice-due-day-done-do = As contas passam a vencer no dia novo. A próxima ainda pode vir com o dia de antes.
notice-contacts-done = Contato mudado
notice-contacts-done-do = O provedor passa a usar o contato novo.
notice-notifications-done = Sua escolha foi guardada
notice-notifications-done-do = Você pode mudar de novo quando quiser.
notice-digital-invoice-done = Conta digital ligada
notice-digital-invoice-done-do = O provedor confirma a mudança por e-mail.
notice-negotiation-done = Acordo feito
notice-negotiation-done-do = As contas novas ficam no lugar das vencidas. A primeira parcela já pode ser paga aqui.
notice-negotiation-otherwise = O acordo saiu com outros valores
notice-negotiation-otherwise-do = O provedor fez o acordo em valores ou datas diferentes dos que você aceitou. Confira com a Ajuda antes de pagar.
notice-pay-first = Pagar a primeira parcela agora
notice-move-visit-done = Visita remarcada
notice-move-visit-done-do = Deixe alguém em casa no horário novo.
notice-cancel-visit-done = Visita cancelada
notice-cancel-visit-done-do = Se ainda precisar do técnico, marque outro dia.
notice-cancel-visit-stands = A visita ainda está marcada
notice-cancel-visit-stands-do = O provedor aceitou o pedido, mas a visita continua nesse dia: pode ter desfeito só a remarcação. Se não quiser o técnico, ligue para a Ajuda.
notice-visit-on = A visita é em { $date }
notice-rate-visit-done = Obrigado pela avaliação
notice-rate-visit-done-do = O provedor recebeu as suas notas.
notice-pause-done = Pausa marcada
notice-pause-done-do = A internet para no dia pedido e volta no fim da pausa.
notice-app-password-done = Senha nova a caminho
notice-app-password-done-do = Ela chega por SMS no telefone do seu cadastro.
notice-accept-done = Contrato aceito
notice-accept-done-do = O provedor registrou o seu aceite.
notice-requested = Pedido enviado
notice-requested-do = A equipe do provedor vai fazer a mudança. Até lá vale o que estava.
notice-change-refused = O provedor não aceitou agora
notice-change-unknown = Não sabemos se foi feito
notice-due-day-none = Não há outro dia para escolher
notice-negotiation-none = O provedor não tem acordo para estas contas
notice-negotiation-none-do = Você pode pagar as contas como estão ou ligar para a Ajuda.
notice-slots-none = Não há outro horário livre agora
notice-pause-none = Nenhum plano pode ser pausado
notice-nothing-do = Nada mudou. Se precisar, ligue para a Ajuda.
technician-try-card = Testar cartão: R$ 0,01, desfeito
technician-try-undone = O cartão funciona: R$ 0,01 aprovado, e desfeito.
technician-try-kept = Aprovado, e este TEF não desfaz: estorne R$ 0,01 no menu do TEF.
technician-try-refused = A venda de teste não foi aprovada.
technician-try-unclear = O TEF não disse como terminou. O que ele aprovou será desfeito.

# O comprovante e os documentos pelo correio do próprio provedor; { $to } é o endereço do cadastro, coberto.
letter-sending = Enviando a { $to }…
letter-sent = Enviado a { $to }. Veja se chegou.
letter-refused = Não foi enviado a { $to }. Tente de novo ou imprima.
letter-unknown = Não sabemos se foi enviado a { $to }. Veja se chegou.
letter-too-many = Já enviamos muitos papéis nesta hora. Tente mais tarde ou imprima.
letter-too-large = Este documento é grande demais para um e-mail. Imprima.
document-send = Enviar a { $to }
paid-email = Receber por e-mail
paid-sms = Receber por SMS
form-paper-by = Como você quer receber?
option-print-paper = No papel, agora
letter-receipt-subject = { $provider }: comprovante do pagamento { $protocol }
letter-receipt =
    Em anexo está o comprovante do pagamento feito no totem de { $provider }.

    Valor: { $amount }
    { $method }
    Data e hora: { $date }, { $time }
    Protocolo: { $protocol }

    { $state }

    Esta mensagem foi pedida no totem e é automática: não precisa responder.
letter-document-subject = { $provider }: { $document }
letter-document =
    Em anexo está o documento que foi pedido no totem de { $provider }: { $document }.

    Esta mensagem é automática: não precisa responder.
letter-bill = a sua fatura
letter-fiscal-note = a sua nota fiscal
letter-annual-settlement = a quitação anual de débitos
letter-contract = o seu contrato
sms-receipt = { $provider }: recebemos { $amount } em { $date } por { $method }. Protocolo { $protocol }.
sms-pix = PIX
sms-debit = débito
sms-credit = crédito
sms-voucher = benefícios
sms-wallet = PIX ou carteira
sms-owed = Baixa em processamento.
sms-by-erp = A baixa é feita pelo banco.
sms-by-hand = A baixa será feita pelo atendimento.
